package io.vaquita.executor;

import io.vaquita.expression.SqlMode;
import io.vaquita.expression.StatementContext;
import io.vaquita.table.TableWriter;
import io.vaquita.value.Row;
import io.vaquita.value.TypeKind;
import io.vaquita.value.ValueRow;

/**
 * The AUTO_INCREMENT values of one INSERT. Confined to the statement.
 *
 * <p>Values are reserved for as many rows as are known to come, so that a statement's values follow each other; otherwise for 1, 2, 4, …
 * rows as InnoDB's interleaved mode does. What is not used is lost.
 */
final class AutoIncrement {
  /** In place of the expected rows: none are reserved that are not needed. */
  static final long ONE_BY_ONE = -1;

  private static final long BATCH_MAX = 65_535;

  private final TableWriter writer;
  private final int column;
  private final boolean generatesForZero;
  private final long increment;
  private final long offset;
  private long expectedRows;
  private long batch = 1;
  private long next;
  private long left;
  private boolean generated;
  private long lastGenerated;

  /** SET insert_id: values begin at {@link #next}, without a look at the table's counter, which only moves past them. */
  private final boolean isForced;

  private final StatementContext statement;

  /** The first generated value that was stored; 0 for none. */
  private long firstStored;

  private long lastGiven;

  AutoIncrement(ChangeScope scope, TableWriter writer, long expectedRows) {
    this.writer = writer;
    this.column = writer.table().autoIncrementColumn();
    this.generatesForZero = !scope.hasMode(SqlMode.NO_AUTO_VALUE_ON_ZERO);
    this.increment = Math.max(1, scope.number("auto_increment_increment", 1));
    this.offset = Math.max(1, scope.number("auto_increment_offset", 1));
    this.expectedRows = expectedRows;
    this.statement = scope.statement;
    this.next = scope.number("insert_id", 0);
    this.isForced = next != 0;
    this.left = isForced ? Long.MAX_VALUE : 0;
  }

  /** Puts a value into a row that has none; notes an explicit one. */
  void apply(ValueRow row) {
    boolean isDouble = writer.table().types().get(column).domain() == TypeKind.Domain.DOUBLE;
    long value =
        row.isNull(column) ? 0 : isDouble ? (long) row.getDouble(column) : row.getLong(column);
    boolean wanted = row.isNull(column) || value == 0 && generatesForZero;
    generated = wanted;
    if (!wanted) {
      lastGiven = value;
      if (left > 0 && value >= next) {
        skipTo(value);
      }
      writer.noteExplicitValue(value);
      return;
    }
    if (left == 0) {
      reserve();
    }
    if (Long.compareUnsigned(next, writer.autoIncrementMax()) > 0) {
      next = writer.autoIncrementMax();
    }
    if (isDouble) {
      row.setDouble(column, next);
    } else {
      row.setLong(column, next);
    }
    lastGenerated = next;
    if (isForced) {
      statement.forgetInsertId();
      writer.noteExplicitValue(next);
    }
    next += increment;
    left--;
  }

  private void skipTo(long value) {
    long steps = Math.min(left, (value - next) / increment + 1);
    next += steps * increment;
    left -= steps;
  }

  private void reserve() {
    long count = expectedRows > 0 ? expectedRows : batch;
    if (expectedRows == 0) {
      batch = Math.min(BATCH_MAX, batch * 2);
    }
    expectedRows = Math.min(0, expectedRows);
    next = writer.takeAutoIncrement(count, increment, offset);
    left = count;
  }

  /** The row that {@link #apply} was last called with was refused: the next one gets its value. */
  void refused() {
    if (generated) {
      next = lastGenerated;
      left++;
    }
  }

  /** The row that {@link #apply} was last called with is stored. */
  void stored() {
    if (generated && firstStored == 0) {
      firstStored = lastGenerated;
    }
  }

  long firstGenerated() {
    return firstStored;
  }

  /** The row that {@link #apply} was last called with became a change of {@code existing}. */
  void updated(Row existing) {
    lastGiven = existing.getLong(column);
  }

  /** The column's value in the last row that brought its own or that was changed. */
  long lastGiven() {
    return lastGiven;
  }
}
