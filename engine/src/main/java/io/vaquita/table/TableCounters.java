package io.vaquita.table;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.store.Cursor;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The next AUTO_INCREMENT value and the next hidden row id of one table, over all its versions. Thread-safe: every method holds the
 * object's monitor, and none waits but for a read of the store when the numbers are first needed.
 *
 * <p><b>Numbers come back after a restart</b> from the greatest entry of the index. That is too low when the greatest rows were deleted: so
 * a transaction that deletes a row at or above the table's <i>mark</i> also writes the present counter to the tree of counters as
 * the new mark. Later deletes below the mark write nothing. The key ends with the counter, so that two transactions that write marks do
 * not overwrite each other: the greatest counts.
 */
final class TableCounters {
  private static final int COUNTERS_TREE = 2;
  private static final int TABLE_BYTES = 9;
  private static final byte AUTO_INCREMENT_KIND = 1;

  private final long tableId;
  private boolean hasAutoIncrement;

  // A copy of the table (ALTER) has trees of its own, and when it fails the table goes on with the
  // old ones. So numbers are above the greatest in each tree that they were taken for last, and
  // never go back. These are those trees.
  private int countedTree;
  private int rowIdTree;
  private int valueTree;

  private long startApplied;
  private long nextValue = 1;
  private long mark;
  private long nextRowId = 1;
  private long nextValueNumber = 1;

  TableCounters(long tableId) {
    this.tableId = tableId;
  }

  /** A new row id, never given before while the row it was given to exists. */
  synchronized long takeRowId(TableAccessor table, Transaction transaction) {
    if (rowIdTree != table.clustered().tree()) {
      raiseRowId(table.clustered().tree(), transaction.currentView());
    }
    return nextRowId++;
  }

  /** A number for a value outside of its row, never given before while the value it was given to exists. */
  synchronized long takeValueNumber(TableAccessor table, Transaction transaction) {
    int tree = table.definition().outOfRowTree();
    if (valueTree != tree) {
      raiseValueNumber(tree, transaction.currentView());
    }
    return nextValueNumber++;
  }

  private void raiseRowId(int tree, Reader reader) {
    nextRowId = Math.max(nextRowId, afterLast(tree, reader));
    rowIdTree = tree;
  }

  private void raiseValueNumber(int tree, Reader reader) {
    nextValueNumber = Math.max(nextValueNumber, afterLast(tree, reader));
    valueTree = tree;
  }

  /**
   * At the start: what a prepared branch has taken is gone, though no committed row shows it yet, and so is what it has deleted, for it may
   * be rolled back. {@code branch}: the trees after the one or the other.
   */
  synchronized void noteRestored(TableAccessor table, Reader branch) {
    if (table.definition().hasHiddenRowId()) {
      raiseRowId(table.clustered().tree(), branch);
    }
    if (table.hasOutOfRow()) {
      raiseValueNumber(table.definition().outOfRowTree(), branch);
    }
    if (table.autoIncrementColumn() >= 0) {
      load(table, branch);
      nextValue = maxUnsigned(nextValue, greatestStored(table, branch) + 1);
    }
  }

  private static long afterLast(int tree, Reader reader) {
    Cursor cursor = reader.cursor(tree);
    return cursor.last() ? ByteBuffer.wrap(cursor.keyArray()).getLong(cursor.keyOffset()) + 1 : 1;
  }

  /** The next value that AUTO_INCREMENT would generate with increment and offset 1. */
  synchronized long peek(TableAccessor table, Reader reader) {
    load(table, reader);
    return nextValue;
  }

  /**
   * Reserves {@code count} values that are {@code offset} modulo {@code increment} and returns the first. At the end of the column's type it
   * gives the greatest value again and again, so that the insert fails as a duplicate, as MySQL's does; beyond BIGINT UNSIGNED 1467.
   */
  synchronized long take(
      TableAccessor table, Transaction transaction, long count, long increment, long offset) {
    load(table, transaction.currentView());
    long max = columnMax(table);
    if (nextValue == 0) {
      throw MySqlError.ER_AUTOINC_READ_FAILED.exception();
    }
    long first = align(nextValue, increment, offset);
    if (Long.compareUnsigned(first, max) > 0) {
      return max;
    }
    long last = first + (count - 1) * increment;
    boolean ends = Long.compareUnsigned(last, max) >= 0 || Long.compareUnsigned(last, first) < 0;
    // One beyond the greatest value; for BIGINT UNSIGNED, which has none, 0 stands for "exhausted".
    // Otherwise the next of the same
    // series, as in MySQL, also for sessions with another increment.
    nextValue =
        ends || Long.compareUnsigned(max - last, increment) < 0 ? max + 1 : last + increment;
    return first;
  }

  /** The least value {@code >= from} of the series offset, offset + increment, … */
  private static long align(long from, long increment, long offset) {
    if (increment <= 1) {
      return from;
    }
    long start = offset > increment ? 0 : offset;
    if (Long.compareUnsigned(from, start) <= 0) {
      return start == 0 ? increment : start;
    }
    long steps = Long.divideUnsigned(from - start + increment - 1, increment);
    return start + steps * increment;
  }

  /** An explicit value was stored: later generated ones are greater. */
  synchronized void raise(
      TableAccessor table, Transaction transaction, long value, boolean unsigned) {
    if (!unsigned && value <= 0) {
      return;
    }
    load(table, transaction.currentView());
    if (nextValue != 0 && Long.compareUnsigned(value, nextValue) >= 0) {
      nextValue = value + 1;
    }
  }

  /** To be called before a row with this value is deleted or gets another one. */
  synchronized void noteDeleted(TableAccessor table, Transaction transaction, long value) {
    load(table, transaction.currentView());
    if (value > 0 && Long.compareUnsigned(value, mark) >= 0) {
      mark = nextValue;
      byte[] key =
          ByteBuffer.allocate(TABLE_BYTES + Long.BYTES)
              .put(AUTO_INCREMENT_KIND)
              .putLong(tableId)
              .putLong(nextValue)
              .array();
      transaction.put(COUNTERS_TREE, key, new byte[0]);
    }
  }

  /** Forgets the marks in the store; with the TRUNCATE or DROP that {@code transaction} is. */
  synchronized void clear(Transaction transaction) {
    byte[] prefix = prefix();
    Cursor cursor = transaction.currentView().cursor(COUNTERS_TREE);
    boolean more = cursor.seek(prefix);
    while (more && hasPrefix(cursor, prefix)) {
      int offset = cursor.keyOffset();
      transaction.delete(
          COUNTERS_TREE,
          Arrays.copyOfRange(cursor.keyArray(), offset, offset + cursor.keyLength()));
      more = cursor.next();
    }
  }

  private byte[] prefix() {
    return ByteBuffer.allocate(TABLE_BYTES).put(AUTO_INCREMENT_KIND).putLong(tableId).array();
  }

  private static boolean hasPrefix(Cursor cursor, byte[] prefix) {
    int offset = cursor.keyOffset();
    return cursor.keyLength() >= prefix.length
        && Arrays.equals(
            cursor.keyArray(), offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  private void load(TableAccessor table, Reader reader) {
    long start = table.definition().autoIncrementStart();
    boolean isCounted = countedTree == table.clustered().tree();
    if (hasAutoIncrement && start == startApplied && isCounted) {
      return;
    }
    long greatest = greatestStored(table, reader);
    countedTree = table.clustered().tree();
    if (hasAutoIncrement && start == startApplied) {
      nextValue = nextValue == 0 ? 0 : maxUnsigned(nextValue, greatest + 1);
      return;
    }
    if (!hasAutoIncrement) {
      readMark(reader);
      nextValue = maxUnsigned(maxUnsigned(greatest + 1, mark), Math.max(1, start));
    } else {
      // ALTER TABLE … AUTO_INCREMENT = n may lower the counter, but not below what is stored.
      nextValue = maxUnsigned(greatest + 1, Math.max(1, start));
      mark = 0;
    }
    hasAutoIncrement = true;
    startApplied = start;
  }

  private static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private void readMark(Reader reader) {
    byte[] prefix = prefix();
    Cursor cursor = reader.cursor(COUNTERS_TREE);
    byte[] end = Arrays.copyOf(prefix, prefix.length + Long.BYTES);
    Arrays.fill(end, prefix.length, end.length, (byte) 0xff);
    if (cursor.seekBefore(end) && hasPrefix(cursor, prefix)) {
      mark = ByteBuffer.wrap(cursor.keyArray()).getLong(cursor.keyOffset() + TABLE_BYTES);
    }
  }

  private static long greatestStored(TableAccessor table, Reader reader) {
    int column = table.autoIncrementColumn();
    for (int i = 0; i < table.indexCount(); i++) {
      TableIndex index = table.index(i);
      var parts = index.definition().parts();
      if (!parts.isEmpty() && parts.getFirst().column() == column) {
        Cursor cursor = reader.cursor(index.tree());
        boolean found = parts.getFirst().descending() ? cursor.first() : cursor.last();
        if (!found) {
          return 0;
        }
        Row row =
            index.layout().row(cursor.valueArray(), cursor.valueOffset(), cursor.valueLength());
        DataType type = table.types().get(column);
        long value =
            type.domain() == io.vaquita.value.TypeKind.Domain.DOUBLE
                ? (long) row.getDouble(column)
                : row.getLong(column);
        return type.unsigned() ? value : Math.max(0, value);
      }
    }
    return 0;
  }

  static long columnMax(TableAccessor table) {
    ColumnDefinition column = table.definition().columns().get(table.autoIncrementColumn());
    DataType type = column.type();
    int bits =
        switch (type.kind()) {
          case TINYINT -> 8;
          case SMALLINT -> 16;
          case MEDIUMINT -> 24;
          case INT -> 32;
          case FLOAT -> 25;
          case DOUBLE -> 54;
          default -> 64;
        };
    if (type.unsigned()) {
      return bits == 64 ? -1L : (1L << bits) - 1;
    }
    return (1L << bits - 1) - 1;
  }
}
