package io.vaquita.executor;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.MovedValues;
import io.vaquita.codec.RowBuilder;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.TableAccessor;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last steps before a row is written: generated columns, CHECK constraints, bytes. Confined to the statement. */
final class RowFinish {
  private final ChangeScope scope;
  private final int rowSlot;
  private final List<ColumnStore> generated = new ArrayList<>();
  private final List<Plan.BoundCheck> checks;
  private final RowBuilder builder;

  /** {@code expressions}: by ordinal; only those of generated columns are looked at. */
  RowFinish(
      ChangeScope scope,
      TableAccessor table,
      int rowSlot,
      List<@Nullable Expression> expressions,
      List<Plan.BoundCheck> checks) {
    this.scope = scope;
    this.rowSlot = rowSlot;
    this.checks = checks;
    this.builder = table.newRowBuilder();
    TableDefinition definition = table.definition();
    for (var column : definition.columns()) {
      Expression e =
          column.ordinal() < expressions.size() ? expressions.get(column.ordinal()) : null;
      if (column.generated() != null && e != null) {
        generated.add(new ColumnStore(column, table.conversion(column.ordinal()), e));
      }
    }
  }

  /** Null when a CHECK refused the row and the statement ignores that. */
  byte @Nullable [] finish(ValueRow row) {
    scope.frame.rows[rowSlot] = row;
    for (ColumnStore column : generated) {
      column.store(scope.frame, row, scope.store);
    }
    for (Plan.BoundCheck check : checks) {
      if (!check.condition().evaluateBoolean(scope.frame) && !scope.frame.isNull) {
        DatabaseException violated =
            check.viewSchema() != null
                ? MySqlError.ER_VIEW_CHECK_FAILED.exception(check.viewSchema(), check.name())
                : MySqlError.ER_CHECK_CONSTRAINT_VIOLATED.exception(check.name());
        if (!scope.ignore) {
          throw violated;
        }
        scope.statement.warn(Level.WARNING, violated.number(), violated.message());
        return null;
      }
    }
    builder.copyAll(row);
    return builder.build();
  }

  /** The columns that the last row from {@link #finish} has left out. */
  @Nullable MovedValues moved() {
    MovedValues moved = builder.moved();
    if (moved != null) {
      moved.shareWhere(this::isParameter);
    }
    return moved;
  }

  /** Nobody changes a parameter's bytes, neither now nor when the statement has ended. */
  private boolean isParameter(byte[] array) {
    for (Value parameter : scope.frame.parameters) {
      if (parameter instanceof Value.StringValue text && text.bytes().array() == array) {
        return true;
      }
    }
    return false;
  }
}
