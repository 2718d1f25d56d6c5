package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.function.Functions;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What DEFAULT(column) gives. Stateless. */
final class DefaultValues {
  private DefaultValues() {}

  /** DEFAULT(column) of a table in FROM. */
  static Expression of(BlockBinding block, ColumnReference reference) {
    Scope.Column found =
        block.scope.find(reference.schema(), reference.table(), reference.column(), block.clause);
    if (found == null || !(found.table() instanceof ScopeTable.Stored table)) {
      throw MySqlError.ER_BAD_FIELD_ERROR.exception(
          BlockBinding.asWritten(reference), block.clause.text());
    }
    Expression value = of(table.columns().get(found.column()), block.statement);
    if (value == null) {
      throw MySqlError.ER_NO_DEFAULT_FOR_FIELD.exception(found.name());
    }
    return value;
  }

  /** Null where the column has none and is NOT NULL. */
  static @Nullable Expression of(ColumnDefinition column, StatementBinding statement) {
    return switch (column.defaultValue()) {
      case ColumnDefinition.Default.None ignored ->
          column.nullable() ? Literals.nullLiteral() : null;
      case ColumnDefinition.Default.Literal(var value) -> Literals.of(value, column.type());
      case ColumnDefinition.Default.Now ignored ->
          Functions.call(
              "now",
              column.type().decimals() == 0
                  ? List.of()
                  : List.of(Literals.of(column.type().decimals())),
              statement.context.settings());
      case ColumnDefinition.Default.ExpressionText(String sql) ->
          new ExpressionBinder(new BlockBinding(statement, null, CommonTables.NONE, 1))
              .bind(StoredSql.expression(sql), Clause.DEFINITION);
    };
  }
}
