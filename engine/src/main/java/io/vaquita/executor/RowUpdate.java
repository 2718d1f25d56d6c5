package io.vaquita.executor;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.MovedValues;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.planner.physical.Plan;
import io.vaquita.table.Duplicate;
import io.vaquita.table.KeyedRow;
import io.vaquita.table.TableAccessor;
import io.vaquita.table.TableWriter;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The assignments of an UPDATE (or of ON DUPLICATE KEY UPDATE) to one row. Confined to the statement.
 *
 * <p>They are evaluated from left to right over the row as changed so far, as MySQL does for one table.
 */
final class RowUpdate {
  /** What became of a row. */
  enum Outcome {
    CHANGED,
    SAME,
    /** IGNORE: the new row cannot be. */
    REFUSED
  }

  private final ChangeScope scope;
  private final TableWriter writer;
  private final TableAccessor table;
  private final int slot;
  private final ColumnStore[] stores;
  private final List<ColumnDefinition> touchedByTime = new ArrayList<>();
  private final RowFinish finish;

  RowUpdate(
      ChangeScope scope,
      TableWriter writer,
      int slot,
      List<Plan.ColumnAssignment> assignments,
      RowFinish finish) {
    this.scope = scope;
    this.writer = writer;
    this.table = writer.table();
    this.slot = slot;
    this.finish = finish;
    this.stores = new ColumnStore[assignments.size()];
    boolean[] assigned = new boolean[table.types().size()];
    for (int i = 0; i < stores.length; i++) {
      int ordinal = assignments.get(i).column();
      assigned[ordinal] = true;
      stores[i] =
          new ColumnStore(
              table.definition().columns().get(ordinal),
              table.conversion(ordinal),
              assignments.get(i).value());
    }
    for (ColumnDefinition column : table.definition().columns()) {
      if (column.onUpdateNow() && !assigned[column.ordinal()]) {
        touchedByTime.add(column);
      }
    }
  }

  Outcome apply(Row old) {
    ValueRow changed = copy(old);
    scope.frame.rows[slot] = changed;
    for (ColumnStore store : stores) {
      store.store(scope.frame, changed, scope.store);
    }
    byte[] bytes = finish.finish(changed);
    if (bytes == null) {
      return Outcome.REFUSED;
    }
    MovedValues moved = withoutKept(old, bytes);
    if (isSame(old, bytes, moved)) {
      return Outcome.SAME;
    }
    if (!touchedByTime.isEmpty()) {
      for (ColumnDefinition column : touchedByTime) {
        StatementTime.set(changed, column, scope.statement);
      }
      bytes = finish.finish(changed);
      if (bytes == null) {
        return Outcome.REFUSED;
      }
      moved = withoutKept(old, bytes);
    }
    Duplicate duplicate = writer.update(old, bytes, moved);
    if (duplicate == null) {
      return Outcome.CHANGED;
    }
    if (!scope.ignore) {
      throw duplicate.exception();
    }
    var error = duplicate.exception();
    scope.statement.warn(Level.WARNING, error.number(), error.message());
    return Outcome.REFUSED;
  }

  /** What the new row has left out and the old one has not outside as well, with the same bytes. */
  private @Nullable MovedValues withoutKept(Row old, byte[] bytes) {
    MovedValues moved = finish.moved();
    return moved == null ? null : moved.without(old, bytes);
  }

  private boolean isSame(Row old, byte[] bytes, @Nullable MovedValues moved) {
    EncodedRow before = KeyedRow.encoded(old);
    Slice present = before.bytes();
    boolean isEqual =
        Arrays.equals(
            present.array(),
            present.offset(),
            present.offset() + present.length(),
            bytes,
            0,
            bytes.length);
    if (isEqual || moved == null && !before.hasOutOfRow()) {
      return isEqual;
    }
    // the same value may stand inside of the one and outside of the other
    OutOfRowValues outside = moved == null ? before.outside() : moved.over(before.outside());
    return table.layout().row(bytes, 0, bytes.length, outside).hasSameColumns(before);
  }

  private ValueRow copy(Row old) {
    List<DataType> types = table.types();
    ValueRow row = new ValueRow(types.size());
    for (int i = 0; i < types.size(); i++) {
      if (!old.isNull(i)) {
        copy(old, row, i, types.get(i).kind());
      }
    }
    return row;
  }

  private static void copy(Row from, ValueRow to, int column, TypeKind kind) {
    switch (kind) {
      case NULL -> {}
      case TINYINT,
          SMALLINT,
          MEDIUMINT,
          INT,
          BIGINT,
          YEAR,
          BIT,
          ENUM,
          SET,
          DATE,
          TIME,
          DATETIME,
          TIMESTAMP ->
          to.setLong(column, from.getLong(column));
      case FLOAT, DOUBLE -> to.setDouble(column, from.getDouble(column));
      case DECIMAL -> to.setDecimal(column, from.getDecimal(column));
      default -> {
        if (from.reference(column) != null) {
          to.setFrom(column, from);
        } else {
          to.setBytes(column, from.getBytes(column));
        }
      }
    }
  }
}
