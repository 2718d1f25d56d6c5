package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds GROUP BY over the rows of FROM: positions, columns, names of the select list, expressions. Confined to one thread. */
final class GroupBinder {
  private final BlockBinding block;
  private final ExpressionBinder expressions;
  private final List<SelectElement> elements;

  GroupBinder(BlockBinding block, ExpressionBinder expressions, List<SelectElement> elements) {
    this.block = block;
    this.expressions = expressions;
    this.elements = elements;
  }

  List<Expression> bind(List<OrderItem> items) {
    List<Expression> groupBy = new ArrayList<>(items.size());
    for (OrderItem item : items) {
      groupBy.add(bind(item.expression()));
    }
    return List.copyOf(groupBy);
  }

  private Expression bind(ExpressionSyntax syntax) {
    if (syntax instanceof ExpressionSyntax.IntegerLiteral(BigInteger position)) {
      return atPosition(position);
    }
    if (syntax instanceof ExpressionSyntax.ColumnReference c) {
      SelectItem item = aliased(c);
      boolean isColumn = block.scope.find(c.schema(), c.table(), c.column(), Clause.GROUP) != null;
      if (item != null && !isColumn) {
        return ofItem(item);
      }
    }
    return expressions.bind(syntax, Clause.GROUP);
  }

  private Expression ofItem(SelectItem item) {
    if (SyntaxTraits.hasAggregate(item.expression())
        || SyntaxTraits.hasWindowFunction(item.expression())) {
      throw MySqlError.ER_WRONG_GROUP_FIELD.exception(
          item.alias() != null ? item.alias() : item.text());
    }
    return ExpressionBinder.single(expressions.bind(item.expression(), Clause.GROUP));
  }

  private Expression atPosition(BigInteger position) {
    int wanted = position.bitLength() > 31 ? 0 : position.intValue();
    int at = 0;
    for (SelectElement element : elements) {
      if (element instanceof SelectItem item) {
        at++;
        if (at == wanted) {
          return ofItem(item);
        }
      } else if (element instanceof Star star) {
        List<Scope.Column> columns = columns(star);
        if (wanted > at && wanted <= at + columns.size()) {
          Scope.Column c = columns.get(wanted - at - 1);
          return c.table().expression(c.column(), block.statement);
        }
        at += columns.size();
      }
    }
    throw MySqlError.ER_BAD_FIELD_ERROR.exception(position.toString(), Clause.GROUP.text());
  }

  private List<Scope.Column> columns(Star star) {
    List<Scope.Column> shown = new ArrayList<>();
    for (Scope.Column c : block.scope.visible()) {
      if (!c.table().isHidden(c.column())
          && (star.table() == null || c.table().alias().equals(star.table()))) {
        shown.add(c);
      }
    }
    return shown;
  }

  private @Nullable SelectItem aliased(ExpressionSyntax.ColumnReference c) {
    if (c.table() != null) {
      return null;
    }
    for (SelectElement element : elements) {
      if (element instanceof SelectItem item && c.column().equalsIgnoreCase(item.alias())) {
        return item;
      }
    }
    return null;
  }
}
