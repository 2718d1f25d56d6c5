package io.vaquita.session.definition;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;

/** Looks whether the expressions of a new definition can be bound: generated columns, defaults, CHECKs. Stateless. */
final class DefinitionCheck {
  private DefinitionCheck() {}

  static void check(TableDefinition table, TableDesign.Expressions expressions) {
    for (ColumnDefinition column : table.columns()) {
      ColumnDefinition.Generated generated = column.generated();
      if (generated != null && !column.isHidden()) {
        Expression e = bind(table, generated.sql(), "generated column function", expressions);
        refuseChanging(e, column.name());
        checkReferences(e, column, table);
      }
      if (column.defaultValue() instanceof ColumnDefinition.Default.ExpressionText(String sql)) {
        bind(table, sql, "default value expression", expressions);
      }
    }
    for (CheckDefinition check : table.checks()) {
      try {
        expressions.bind(table, check.sql());
      } catch (DatabaseException error) {
        throw error.is(MySqlError.ER_BAD_FIELD_ERROR)
            ? MySqlError.ER_CHECK_CONSTRAINT_REFERS_UNKNOWN_COLUMN.exception(
                check.name(), quoted(error))
            : error;
      }
    }
  }

  private static Expression bind(
      TableDefinition table, String sql, String clause, TableDesign.Expressions expressions) {
    try {
      return expressions.bind(table, sql);
    } catch (DatabaseException error) {
      throw error.is(MySqlError.ER_BAD_FIELD_ERROR)
          ? MySqlError.ER_BAD_FIELD_ERROR.exception(quoted(error), clause)
          : error;
    }
  }

  /** What may give another value tomorrow, or in another session. */
  private static void refuseChanging(Expression e, String column) {
    Dependence own = e.dependence();
    if (own == Dependence.STATEMENT || own == Dependence.EVALUATION) {
      String text = e.describe();
      int end = text.indexOf('(');
      throw MySqlError.ER_GENERATED_COLUMN_NAMED_FUNCTION_IS_NOT_ALLOWED.exception(
          column, end < 0 ? text : text.substring(0, end));
    }
    e.children().forEach(child -> refuseChanging(child, column));
  }

  /** Generated columns are computed in their order, before the row has its automatic number. */
  private static void checkReferences(
      Expression e, ColumnDefinition column, TableDefinition table) {
    if (e instanceof ColumnExpression c) {
      ColumnDefinition read = table.columns().get(c.column());
      if (read.autoIncrement()) {
        throw MySqlError.ER_GENERATED_COLUMN_REF_AUTO_INC.exception(column.name());
      }
      if (read.generated() != null && read.ordinal() >= column.ordinal()) {
        throw MySqlError.ER_GENERATED_COLUMN_NON_PRIOR.exception();
      }
    }
    e.children().forEach(child -> checkReferences(child, column, table));
  }

  /** The name that an error's message begins to quote. */
  static String quoted(DatabaseException error) {
    String message = error.message();
    int from = message.indexOf('\'') + 1;
    return message.substring(from, message.indexOf('\'', from));
  }
}
