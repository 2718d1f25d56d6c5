package io.vaquita.planner;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.value.DataType;

/** Binds expressions of a table's definition while it is being made. Stateless. */
public final class DefinitionExpressions {
  private DefinitionExpressions() {}

  /** The expression over the table's own columns, which stand in slot 0. */
  public static Expression bind(TableDefinition table, String sql, PlannerContext context) {
    StatementBinding statement = new StatementBinding(context, false);
    int slot = statement.newSlot(statement.newBlock("SIMPLE"), table.name());
    return TargetExpressions.expression(table, slot, sql, statement);
  }

  /** The type of a column that keeps the expression's values. */
  public static DataType columnType(Expression e) {
    return ResultTypes.column(e.type());
  }
}
