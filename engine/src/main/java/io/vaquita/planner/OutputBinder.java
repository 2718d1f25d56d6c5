package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import io.vaquita.planner.physical.OutputColumn;
import java.util.ArrayList;
import java.util.List;

/** Binds a select list and names its columns. Confined to one thread. */
final class OutputBinder {
  private final BlockBinding block;
  private final ExpressionBinder expressions;
  private final List<OutputColumn> outputs = new ArrayList<>();
  private final List<BlockBinding.Alias> aliases = new ArrayList<>();

  OutputBinder(BlockBinding block, ExpressionBinder expressions) {
    this.block = block;
    this.expressions = expressions;
  }

  List<BlockBinding.Alias> aliases() {
    return aliases;
  }

  List<OutputColumn> bind(List<SelectElement> elements, boolean hasFrom) {
    for (SelectElement element : elements) {
      switch (element) {
        case SelectItem item -> add(item);
        case Star star -> addAll(star, hasFrom);
      }
    }
    return List.copyOf(outputs);
  }

  private void add(SelectItem item) {
    block.item = outputs.size() + 1;
    Expression e = ExpressionBinder.single(expressions.bind(item.expression(), Clause.FIELD_LIST));
    OutputColumn column = column(item, e);
    outputs.add(column);
    aliases.add(new BlockBinding.Alias(column.name(), e, item));
  }

  /** A plain column keeps its origin; anything else has only a name. */
  private OutputColumn column(SelectItem item, Expression e) {
    String alias = item.alias();
    if (item.expression() instanceof ExpressionSyntax.ColumnReference c) {
      Scope.Column found = block.scope.find(c.schema(), c.table(), c.column(), Clause.FIELD_LIST);
      if (found != null) {
        OutputColumn own = found.table().output(found.column(), block.statement);
        String name = alias != null ? alias : own.name();
        return new OutputColumn(
            e,
            name,
            own.originalName(),
            own.table(),
            own.originalTable(),
            own.schema(),
            own.flags());
      }
      return ofExpression(e, alias != null ? alias : c.column());
    }
    return ofExpression(e, alias != null ? alias : item.text());
  }

  private static OutputColumn ofExpression(Expression e, String name) {
    int flags = e.isNullable() ? 0 : ColumnFlags.NOT_NULL;
    boolean isBinary =
        e.type().domain() != io.vaquita.value.TypeKind.Domain.STRING
            || e.type().collation().isBinary();
    if (e.type().unsigned()) {
      flags |= ColumnFlags.UNSIGNED;
    }
    return new OutputColumn(e, name, "", "", "", "", isBinary ? flags | ColumnFlags.BINARY : flags);
  }

  private void addAll(Star star, boolean hasFrom) {
    if (!hasFrom) {
      throw MySqlError.ER_NO_TABLES_USED.exception();
    }
    int before = outputs.size();
    if (star.table() == null) {
      for (Scope.Column c : block.scope.visible()) {
        addColumn(c);
      }
    } else {
      ScopeTable table = block.scope.table(star.schema(), star.table());
      if (table == null) {
        String name = star.schema() == null ? star.table() : star.schema() + "." + star.table();
        throw MySqlError.ER_BAD_TABLE_ERROR.exception(name);
      }
      for (int i = 0; i < table.size(); i++) {
        addColumn(new Scope.Column(table, i));
      }
    }
    if (outputs.size() == before) {
      throw MySqlError.ER_NO_TABLES_USED.exception();
    }
  }

  private void addColumn(Scope.Column c) {
    if (c.table().isHidden(c.column())) {
      return;
    }
    block.item = outputs.size() + 1;
    OutputColumn own = c.table().output(c.column(), block.statement);
    GroupingBinding grouping = block.grouping;
    Expression e =
        grouping != null && block.isGrouped()
            ? grouping.column(own.expression(), c, block)
            : own.expression();
    OutputColumn column =
        new OutputColumn(
            e,
            own.name(),
            own.originalName(),
            own.table(),
            own.originalTable(),
            own.schema(),
            own.flags());
    outputs.add(column);
    aliases.add(
        new BlockBinding.Alias(
            own.name(),
            e,
            new SelectItem(
                new ExpressionSyntax.ColumnReference(null, c.table().alias(), own.name()),
                null,
                own.name())));
  }
}
