package io.vaquita.table;

import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.MovedValues;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.codec.RowBuilder;
import io.vaquita.transaction.LockWait;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.RecordLockMode;
import io.vaquita.transaction.TableLockMode;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.Transaction.Operation;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table with all its index entries. Confined to one statement.
 *
 * <p>Every unique index is checked before anything is written, so that a row that is refused leaves no trace. Foreign keys are checked
 * after the row's own writes (a row may refer to itself); when they fail the statement returns to a savepoint.
 */
public final class TableWriter implements OutOfRowValues {
  private final Transaction transaction;
  private final TableAccessor table;
  private final boolean locks;
  private final ForeignKeyChecks foreignKeys;
  private final RowBuilder[] entryBuilders;
  private final TextBuffer buffer = new TextBuffer(64);
  private final byte[][] newKeys;
  private boolean tableLocked;
  private boolean exclusiveChecks;
  private Reader reader;
  private long position;

  /** Made when the first column is read that stands outside of its row. */
  private @Nullable StoredValues outside;

  /** {@code isNew}: nobody else can see the trees yet, so that nothing is locked and no foreign key is checked. */
  TableWriter(TableChanges changes, TableAccessor table, boolean isNew) {
    this.transaction = changes.transaction();
    this.table = table;
    this.locks = !isNew && !table.definition().temporary();
    this.entryBuilders = new RowBuilder[table.indexCount()];
    for (int i = 1; i < entryBuilders.length; i++) {
      entryBuilders[i] = new RowBuilder(table.index(i).layout());
    }
    this.newKeys = new byte[table.indexCount()][];
    this.position = transaction.committedPosition();
    this.reader = transaction.checkingView();
    this.foreignKeys = new ForeignKeyChecks(changes, table, isNew);
  }

  public TableAccessor table() {
    return table;
  }

  /** For REPLACE and ON DUPLICATE KEY UPDATE: a row in the way is locked exclusively. */
  public void lockDuplicatesExclusively() {
    exclusiveChecks = true;
  }

  private void begin() {
    if (!tableLocked) {
      tableLocked = true;
      if (locks) {
        transaction.lockTable(table.definition().id(), TableLockMode.IX);
      }
    }
    if (locks && transaction.hasManyRecordLocks()) {
      transaction.lockTableInstead(table.definition().id(), table.trees(), true);
    }
  }

  private Reader current() {
    long now = transaction.committedPosition();
    if (now != position) {
      position = now;
      reader = transaction.checkingView();
    }
    return reader;
  }

  /** A column outside of a row that this writer has read, or writes: what is locked is the same in every version from now on. */
  @Override
  public Slice read(Slice reference) {
    StoredValues values = outside;
    if (values == null) {
      values = new StoredValues(table, (tree, key) -> current().getOnly(tree, key));
      outside = values;
    }
    return values.read(reference);
  }

  /** A new row; what it has left out gets its numbers. */
  private EncodedRow newRow(byte[] bytes, @Nullable MovedValues moved) {
    if (moved == null) {
      return table.layout().row(bytes, 0, bytes.length, this);
    }
    moved.number(bytes, () -> table.counters().takeValueNumber(table, transaction));
    return table.layout().row(bytes, 0, bytes.length, moved.over(this));
  }

  private void store(@Nullable MovedValues moved) {
    for (int i = 0; moved != null && i < moved.count(); i++) {
      byte[] key = StoredValues.key(moved.number(i));
      transaction.put(table.definition().outOfRowTree(), key, moved.bytes(i));
    }
  }

  /** Deletes what stood outside of a row that goes, or, where another comes in its place, what that does not refer to. */
  private void dropOutside(EncodedRow old, @Nullable EncodedRow next) {
    if (!old.hasOutOfRow()) {
      return;
    }
    for (int column = 0; column < old.columnCount(); column++) {
      Slice reference = old.reference(column);
      Slice kept = next == null ? null : next.reference(column);
      if (reference != null && (kept == null || !reference.equals(kept))) {
        byte[] key = StoredValues.key(OutOfRowValues.number(reference));
        transaction.delete(table.definition().outOfRowTree(), key);
      }
    }
  }

  /** Writes a new row that has all of its columns in it. */
  @Nullable Duplicate insert(byte[] rowBytes) {
    return insert(rowBytes, null);
  }

  /**
   * Writes a new row, unless one with an equal unique key is there, which is returned.
   *
   * @param moved the columns that the row has left out
   */
  public @Nullable Duplicate insert(byte[] rowBytes, @Nullable MovedValues moved) {
    begin();
    transaction.begins(Operation.INSERTING);
    Row row = newRow(rowBytes, moved);
    byte[] rowKey;
    if (table.definition().hasHiddenRowId()) {
      rowKey =
          ByteBuffer.allocate(TableIndex.ROW_ID_BYTES)
              .putLong(table.counters().takeRowId(table, transaction))
              .array();
      row = new KeyedRow(rowKey, row);
    } else {
      rowKey = table.clusteredKey(row);
    }
    Duplicate duplicate = reserve(0, rowKey, row, table.definition().hasHiddenRowId());
    for (int i = 1; duplicate == null && i < newKeys.length; i++) {
      TableIndex index = table.index(i);
      byte[] key = index.key(row, rowKey, buffer);
      newKeys[i] = key;
      duplicate = reserve(i, key, row, !index.isUniqueFor(row));
    }
    if (duplicate != null) {
      return duplicate;
    }
    transaction.putRow(table.clustered().tree(), rowKey, rowBytes);
    for (int i = 1; i < newKeys.length; i++) {
      TableIndex index = table.index(i);
      transaction.put(index.tree(), newKeys[i], index.value(row, rowKey, entryBuilders[i]));
    }
    store(moved);
    foreignKeys.afterInsert(row);
    return null;
  }

  /** Makes sure that no row has the key and locks its place. */
  private @Nullable Duplicate reserve(int number, byte[] key, Row wanted, boolean cannotExist) {
    TableIndex index = table.index(number);
    while (true) {
      if (!cannotExist) {
        byte[] value = current().get(index.tree(), key);
        if (value != null) {
          Duplicate duplicate = duplicate(index, key, wanted);
          if (duplicate != null) {
            return duplicate;
          }
          continue;
        }
      }
      if (!locks) {
        return null;
      }
      transaction.lockInsert(index.tree(), key, null);
      if (cannotExist || transaction.committedPosition() == position) {
        return null;
      }
      if (current().get(index.tree(), key) == null) {
        return null;
      }
      // Somebody else's insert, which this one waited for, was committed: others that wait for it
      // shall see that, too.
      transaction.unlockInsert(index.tree(), key);
    }
  }

  /** Locks the entry in the way as MySQL does and looks again; null when it has gone. */
  private @Nullable Duplicate duplicate(TableIndex index, byte[] key, Row wanted) {
    if (locks) {
      LockModes modes = exclusiveChecks ? LockModes.EXCLUSIVE : LockModes.SHARED;
      if (index.isClustered()) {
        transaction.lockRecord(index.tree(), key, modes.record(), LockWait.WAIT);
      } else {
        transaction.lockRecord(index.tree(), key, modes.nextKey(), LockWait.WAIT);
      }
    }
    byte[] value = current().get(index.tree(), key);
    if (value == null) {
      return null;
    }
    Row entry = index.row(key, value, this);
    if (index.isClustered()) {
      return new Duplicate(table, index, entry, wanted);
    }
    Row existing = read(index.clusteredKey(entry));
    return existing == null ? null : new Duplicate(table, index, existing, wanted);
  }

  /** The newest version of a row. */
  @Nullable Row read(byte[] rowKey) {
    byte[] value = current().get(table.clustered().tree(), rowKey);
    return value == null ? null : table.clustered().row(rowKey, value, this);
  }

  /** The newest version of a row after an exclusive lock on it was granted, or null when it is gone. */
  public @Nullable Row lockAndRead(Row row) {
    begin();
    transaction.begins(Operation.STARTING_INDEX_READ);
    byte[] rowKey = table.clusteredKey(row);
    if (locks) {
      transaction.lockRecord(
          table.clustered().tree(), rowKey, RecordLockMode.X_RECORD, LockWait.WAIT);
    }
    return read(rowKey);
  }

  /**
   * Puts a row in another one's place, unless a third row has one of its unique keys, which is returned. The old row's lock is the
   * caller's already.
   *
   * @param moved the columns that the new row has left out; to others outside it refers as the old row does
   */
  public @Nullable Duplicate update(Row oldRow, byte[] newBytes, @Nullable MovedValues moved) {
    return update(oldRow, newBytes, moved, null);
  }

  @Nullable Duplicate update(
      Row oldRow, byte[] newBytes, @Nullable MovedValues moved, @Nullable Cascade cause) {
    begin();
    transaction.begins(Operation.UPDATING_OR_DELETING);
    EncodedRow oldEncoded = KeyedRow.encoded(oldRow);
    EncodedRow newEncoded = newRow(newBytes, moved);
    Row newRow = newEncoded;
    byte[] oldKey = table.clusteredKey(oldRow);
    byte[] newKey;
    if (table.definition().hasHiddenRowId()) {
      newKey = oldKey;
      newRow = new KeyedRow(oldKey, newRow);
    } else {
      newKey = table.clusteredKey(newRow);
    }
    boolean keyChanged = !Arrays.equals(oldKey, newKey);
    Duplicate duplicate = keyChanged ? reserve(0, newKey, newRow, false) : null;
    byte[][] keys = new byte[newKeys.length][];
    byte[][] oldKeys = new byte[newKeys.length][];
    boolean mayStay = !keyChanged && oldEncoded.hasOutOfRow();
    for (int i = 1; duplicate == null && i < keys.length; i++) {
      TableIndex index = table.index(i);
      if (mayStay && index.hasSameEntry(oldEncoded, newEncoded)) {
        continue;
      }
      oldKeys[i] = index.key(oldRow, oldKey, buffer);
      keys[i] = index.key(newRow, newKey, buffer);
      if (!Arrays.equals(oldKeys[i], keys[i])) {
        duplicate = reserve(i, keys[i], newRow, !index.isUniqueFor(newRow));
      }
    }
    if (duplicate != null) {
      return duplicate;
    }
    foreignKeys.beforeUpdate(oldRow, newRow);
    noteAutoIncrement(oldRow, newRow);
    if (keyChanged) {
      transaction.deleteRow(table.clustered().tree(), oldKey);
    }
    transaction.putRow(table.clustered().tree(), newKey, newBytes);
    store(moved);
    dropOutside(oldEncoded, newEncoded);
    for (int i = 1; i < keys.length; i++) {
      if (keys[i] == null) {
        continue;
      }
      moveEntry(i, oldKeys[i], oldRow, oldKey, keys[i], newRow, newKey);
    }
    foreignKeys.afterUpdate(oldRow, newRow, cause);
    return null;
  }

  private void moveEntry(
      int number, byte[] oldEntry, Row oldRow, byte[] oldKey, byte[] entry, Row row, byte[] key) {
    TableIndex index = table.index(number);
    byte[] value = index.value(row, key, entryBuilders[number]);
    if (!Arrays.equals(oldEntry, entry)) {
      lockEntry(index, oldEntry);
      transaction.delete(index.tree(), oldEntry);
      transaction.put(index.tree(), entry, value);
    } else if (!Arrays.equals(index.value(oldRow, oldKey, entryBuilders[number]), value)) {
      lockEntry(index, entry);
      transaction.put(index.tree(), entry, value);
    }
  }

  private void lockEntry(TableIndex index, byte[] key) {
    if (locks) {
      transaction.lockChange(index.tree(), key);
    }
  }

  private void noteAutoIncrement(Row oldRow, @Nullable Row newRow) {
    int column = table.autoIncrementColumn();
    if (column < 0 || table.definition().temporary()) {
      return;
    }
    long value = oldRow.getLong(column);
    if (newRow == null || newRow.getLong(column) != value) {
      table.counters().noteDeleted(table, transaction, value);
    }
    if (newRow != null && newRow.getLong(column) != value) {
      noteExplicitValue(newRow.getLong(column));
    }
  }

  /** Deletes a row, whose lock is the caller's already. */
  public void delete(Row row) {
    delete(row, null);
  }

  void delete(Row row, @Nullable Cascade cause) {
    begin();
    transaction.begins(Operation.UPDATING_OR_DELETING);
    foreignKeys.beforeDelete(row);
    noteAutoIncrement(row, null);
    byte[] rowKey = table.clusteredKey(row);
    for (int i = 1; i < table.indexCount(); i++) {
      TableIndex index = table.index(i);
      byte[] key = index.key(row, rowKey, buffer);
      lockEntry(index, key);
      transaction.delete(index.tree(), key);
    }
    transaction.deleteRow(table.clustered().tree(), rowKey);
    dropOutside(KeyedRow.encoded(row), null);
    foreignKeys.afterDelete(row, cause);
  }

  /** Reserves AUTO_INCREMENT values; see {@link TableCounters#take}. */
  public long takeAutoIncrement(long count, long increment, long offset) {
    return table.counters().take(table, transaction, count, increment, offset);
  }

  /** The greatest value of the AUTO_INCREMENT column, unsigned. */
  public long autoIncrementMax() {
    return TableCounters.columnMax(table);
  }

  /** An explicit value was stored into the AUTO_INCREMENT column. */
  public void noteExplicitValue(long value) {
    boolean unsigned = table.types().get(table.autoIncrementColumn()).unsigned();
    table.counters().raise(table, transaction, value, unsigned);
  }
}
