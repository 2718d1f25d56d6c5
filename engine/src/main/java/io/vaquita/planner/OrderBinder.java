package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Binds ORDER BY: positions, then names of the select list, then expressions over the tables. Confined to one thread. */
final class OrderBinder {
  private final BlockBinding block;
  private final ExpressionBinder expressions;
  private final List<OutputColumn> outputs;

  OrderBinder(BlockBinding block, ExpressionBinder expressions, List<OutputColumn> outputs) {
    this.block = block;
    this.expressions = expressions;
    this.outputs = outputs;
  }

  List<SortKey> bind(List<OrderItem> items) {
    List<SortKey> keys = new ArrayList<>(items.size());
    for (OrderItem item : items) {
      block.item = keys.size() + 1;
      Expression e = bind(item.expression());
      if (!isConstant(e) && !contains(keys, e)) {
        keys.add(new SortKey(e, item.descending()));
      }
    }
    return List.copyOf(keys);
  }

  /** A constant orders nothing. */
  private boolean isConstant(Expression e) {
    return e instanceof io.vaquita.expression.LiteralExpression
        || e instanceof io.vaquita.expression.ParameterExpression;
  }

  private static boolean contains(List<SortKey> keys, Expression e) {
    for (SortKey key : keys) {
      if (Same.expression(key.expression(), e)) {
        return true;
      }
    }
    return false;
  }

  private Expression bind(ExpressionSyntax syntax) {
    if (syntax instanceof ExpressionSyntax.IntegerLiteral(BigInteger position)) {
      return atPosition(position, outputs, "order clause");
    }
    if (syntax instanceof ExpressionSyntax.ColumnReference c) {
      Clause before = block.clause;
      block.clause = Clause.ORDER;
      try {
        Expression alias = block.findAlias(c);
        if (alias != null) {
          return alias;
        }
      } finally {
        block.clause = before;
      }
    }
    Clause before = block.clause;
    block.clause = Clause.ORDER;
    try {
      return expressions.bindValue(syntax);
    } finally {
      block.clause = before;
    }
  }

  static Expression atPosition(BigInteger position, List<OutputColumn> outputs, String clause) {
    if (position.signum() <= 0 || position.compareTo(BigInteger.valueOf(outputs.size())) > 0) {
      throw MySqlError.ER_BAD_FIELD_ERROR.exception(position.toString(), clause);
    }
    return outputs.get(position.intValue() - 1).expression();
  }
}
