package io.vaquita.session.definition;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.ForeignKeyDefinition.Action;
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
    table.foreignKeys().forEach(key -> checkGenerated(key, table));
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

  /** A stored generated column is computed by statements, and would not follow what a foreign key does by itself. */
  private static void checkGenerated(ForeignKeyDefinition key, TableDefinition table) {
    for (int number : key.columns()) {
      ColumnDefinition column = table.columns().get(number);
      ColumnDefinition.Generated generated = column.generated();
      if (generated != null && !generated.stored()) {
        throw MySqlError.ER_FK_CANNOT_USE_VIRTUAL_COLUMN.exception(key.name(), column.name());
      }
      if (generated != null) {
        refuse(key.onUpdate(), true, "ON UPDATE ");
        refuse(key.onDelete(), false, "ON DELETE ");
      }
      if ((changes(key.onUpdate()) || changes(key.onDelete())) && isBase(column, table)) {
        throw MySqlError.ER_CANNOT_ADD_FOREIGN.exception();
      }
    }
  }

  private static void refuse(Action action, boolean update, String clause) {
    if (action == Action.SET_NULL || update && action == Action.CASCADE) {
      throw MySqlError.ER_WRONG_FK_OPTION_FOR_GENERATED_COLUMN.exception(
          clause + action.name().replace('_', ' '));
    }
  }

  private static boolean changes(Action action) {
    return action == Action.CASCADE || action == Action.SET_NULL;
  }

  private static boolean isBase(ColumnDefinition column, TableDefinition table) {
    String quoted = "`" + column.name() + "`";
    for (ColumnDefinition c : table.columns()) {
      ColumnDefinition.Generated generated = c.generated();
      if (generated != null && generated.stored() && !c.isHidden()) {
        if (generated.sql().contains(quoted)) {
          return true;
        }
      }
    }
    return false;
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
