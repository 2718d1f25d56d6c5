package io.vaquita.table;

import io.vaquita.codec.OutOfRowValues;
import io.vaquita.store.Cursor;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.LockWait;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.RecordLockMode;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.Transaction.Operation;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges of an index with row locks, as FOR SHARE, FOR UPDATE, UPDATE and DELETE do: always the newest committed rows and the
 * transaction's own. Confined to one thread. Which entry gets which lock: {@code README.md}, "Locks by access path".
 *
 * <p><b>Lock first, then read.</b> A lock may have to wait, and while it waits others commit. So each step looks for the next entry,
 * locks it, and looks again when the committed position moved meanwhile: only an entry that is still the next one counts. Once the lock
 * (with its gap, from REPEATABLE READ on) is granted nobody can change what was seen.
 */
public final class LockingScan implements RowScan, OutOfRowValues {
  private final Transaction transaction;
  private final TableAccessor table;
  private final boolean isExclusive;
  private final TableIndex index;
  private final TableIndex clustered;
  private final boolean readsEntries;
  private final boolean locksRows;
  private final LockModes modes;
  private final LockWait wait;
  private final boolean locksGaps;
  private final boolean semiConsistent;
  private final RowFilter filter;

  private Cursor cursor;
  private Reader reader;
  private long position;

  /** Whether the cursor stands on {@link #last}, or where the range begins. */
  private boolean isPositioned;

  private KeyRange range = KeyRange.ALL;
  private boolean reverse;
  private byte @Nullable [] last;
  private boolean ended = true;
  private @Nullable Row row;

  /** Made when the first column is read that stands outside of its row. */
  private @Nullable StoredValues outside;

  /**
   * @param covering entries hold all that is asked for; shared locks then leave the rows alone
   * @param semiConsistent UPDATE: under READ COMMITTED a locked row whose committed version is not accepted is passed over without waiting
   */
  public LockingScan(
      TableAccessor table,
      TableIndex index,
      Transaction transaction,
      boolean covering,
      boolean exclusive,
      LockWait wait,
      boolean semiConsistent,
      RowFilter filter) {
    this.transaction = transaction;
    this.table = table;
    this.isExclusive = exclusive;
    this.index = index;
    this.clustered = table.clustered();
    this.readsEntries = covering || index.isClustered();
    this.locksRows = !index.isClustered() && (exclusive || !covering);
    this.modes = exclusive ? LockModes.EXCLUSIVE : LockModes.SHARED;
    this.wait = wait;
    IsolationLevel level = transaction.isolationLevel();
    this.locksGaps =
        level == IsolationLevel.REPEATABLE_READ || level == IsolationLevel.SERIALIZABLE;
    this.semiConsistent =
        semiConsistent && !locksGaps && index.isClustered() && wait == LockWait.WAIT;
    this.filter = filter;
    this.position = transaction.committedPosition();
    this.reader = transaction.currentView();
    this.cursor = reader.cursor(index.tree());
  }

  @Override
  public void open(KeyRange wanted, boolean backward) {
    range = wanted;
    reverse = backward;
    last = null;
    ended = false;
    transaction.begins(Operation.STARTING_INDEX_READ);
    refresh();
    if (backward && locksGaps) {
      lockAfterRange();
    }
  }

  /** A backward scan protects the gap that it starts in by a lock on the entry after it. */
  private void lockAfterRange() {
    byte[] to = range.to();
    while (true) {
      byte[] next = to != null && cursor.seek(to) ? Scans.key(cursor) : null;
      transaction.lockRangeEnd(
          index.tree(), to, next, next == null ? modes.nextKey() : modes.gap());
      if (!refreshIfChanged()) {
        return;
      }
    }
  }

  private void refresh() {
    position = transaction.committedPosition();
    reader = transaction.currentView();
    cursor = reader.cursor(index.tree());
    isPositioned = false;
  }

  /** Whether something was committed since the view was made, which is then made anew. */
  private boolean refreshIfChanged() {
    if (transaction.committedPosition() == position) {
      return false;
    }
    refresh();
    return true;
  }

  @Override
  public boolean next() {
    transaction.begins(last == null ? Operation.STARTING_INDEX_READ : Operation.FETCHING_ROWS);
    while (!ended) {
      if (!seekNext()) {
        endRange();
        continue;
      }
      byte[] key = Scans.key(cursor);
      if (take(key)) {
        return true;
      }
    }
    return false;
  }

  /** To the entry after {@link #last} in the direction of the scan; false when none is left inside the range. */
  private boolean seekNext() {
    if (isPositioned) {
      boolean more = reverse ? cursor.previous() : cursor.next();
      return more && isInside();
    }
    isPositioned = true;
    return seekAnew() && isInside();
  }

  private boolean seekAnew() {
    byte[] passed = last;
    if (reverse) {
      byte[] bound = passed == null ? range.to() : passed;
      return bound == null ? cursor.last() : Scans.seekBelow(cursor, bound);
    }
    if (passed != null) {
      return Scans.seekAbove(cursor, passed);
    }
    return range.from().length == 0 ? cursor.first() : cursor.seek(range.from());
  }

  private boolean isInside() {
    if (reverse) {
      return Scans.compareKey(cursor, range.from()) >= 0;
    }
    byte[] to = range.to();
    return to == null || Scans.compareKey(cursor, to) < 0;
  }

  /**
   * Waits for entries between two keys that others have inserted and not committed yet: no view shows them, but InnoDB's scans meet them.
   * True when there were any: then the scan must look again.
   */
  private boolean waitForInserts(byte @Nullable [] after, byte @Nullable [] before) {
    return waitForInserts(after, before, locksGaps ? modes.nextKey() : modes.record());
  }

  private boolean waitForInserts(
      byte @Nullable [] after, byte @Nullable [] before, RecordLockMode mode) {
    if (semiConsistent) {
      // they have no committed version that could be accepted
      return false;
    }
    boolean met = false;
    byte[] inserted = transaction.uncommittedInsert(index.tree(), after, before);
    while (inserted != null) {
      if (transaction.lockRecord(index.tree(), inserted, mode, wait)) {
        met = true;
        release(inserted, false);
      }
      inserted = transaction.uncommittedInsert(index.tree(), inserted, before);
    }
    if (met) {
      refresh();
    }
    return met;
  }

  private boolean waitForInsertsBeside(byte[] key) {
    byte[] passed = last;
    if (reverse) {
      return waitForInserts(key, passed == null ? range.to() : passed);
    }
    return waitForInserts(passed == null ? Keys.below(range.from()) : passed, key);
  }

  /** Locks the entry and its row and tests the filter; false to go on with the scan. */
  private boolean take(byte[] key) {
    if (transaction.hasManyRecordLocks()) {
      transaction.lockTableInstead(table.definition().id(), table.trees(), isExclusive);
    }
    if (waitForInsertsBeside(key)) {
      isPositioned = false;
      return false;
    }
    boolean heldBefore = isHeld(index, key);
    if (!lockEntry(key, heldBefore)) {
      last = key;
      return false;
    }
    if (waitForInsertsBeside(key) || !isStillNext(key)) {
      isPositioned = false;
      return false;
    }
    last = key;
    byte[] rowKey = null;
    boolean rowHeldBefore = true;
    if (locksRows) {
      rowKey = index.clusteredKey(entryRow());
      rowHeldBefore = isHeld(clustered, rowKey);
      if (!transaction.lockRecord(clustered.tree(), rowKey, modes.record(), wait)) {
        release(key, heldBefore);
        return false;
      }
      if (refreshIfChanged()) {
        isPositioned = cursor.find(key);
        if (!isPositioned) {
          return false;
        }
      }
    }
    Row found = readsEntries ? entryRow() : wholeRow(index.clusteredKey(entryRow()));
    if (found != null && filter.accepts(found)) {
      row = found;
      return true;
    }
    release(key, heldBefore);
    if (rowKey != null && !rowHeldBefore && !locksGaps) {
      transaction.unlockRecord(clustered.tree(), rowKey);
    }
    return false;
  }

  private boolean isHeld(TableIndex of, byte[] key) {
    return !locksGaps && transaction.holdsRecordLock(of.tree(), key);
  }

  /** False when the entry is left out: SKIP LOCKED, or a semi-consistent read whose committed version is not accepted. */
  private boolean lockEntry(byte[] key, boolean heldBefore) {
    if (!semiConsistent || heldBefore) {
      return transaction.lockRecord(index.tree(), key, entryMode(key), wait);
    }
    return transaction.lockRecord(index.tree(), key, modes.record(), LockWait.SKIP_LOCKED)
        || filter.accepts(entryRow())
            && transaction.lockRecord(index.tree(), key, modes.record(), wait);
  }

  /** After the lock was granted: whether the entry is there and no other stands before it. */
  private boolean isStillNext(byte[] key) {
    return !refreshIfChanged() || seekNext() && Scans.compareKey(cursor, key) == 0;
  }

  private void release(byte[] key, boolean heldBefore) {
    if (!locksGaps && !heldBefore) {
      transaction.unlockRecord(index.tree(), key);
    }
  }

  private RecordLockMode entryMode(byte[] key) {
    if (!locksGaps) {
      return modes.record();
    }
    // "key >= 9" that finds 9: no insert before 9 can be in the range.
    boolean isStart =
        !reverse
            && last == null
            && range.startsAtKey()
            && index.isClustered()
            && Arrays.equals(key, range.from());
    return isStart ? modes.record() : modes.nextKey();
  }

  private Row entryRow() {
    return index.row(cursor, this);
  }

  /** A column outside of a row that this scan gave: the row is locked, so it has that still, whatever was committed meanwhile. */
  @Override
  public Slice read(Slice reference) {
    StoredValues values = outside;
    if (values == null) {
      values = new StoredValues(table, (tree, key) -> reader.getOnly(tree, key));
      outside = values;
    }
    return values.read(reference);
  }

  private @Nullable Row wholeRow(byte[] key) {
    byte[] value = reader.get(clustered.tree(), key);
    return value == null ? null : clustered.row(key, value, this);
  }

  /** Protects the end of the range. Ends the scan when nothing appeared in it meanwhile. */
  private void endRange() {
    if (!locksGaps) {
      ended = !waitForInsertsUpToEnd();
      return;
    }
    if (range.last() != null && index.isClustered() && Arrays.equals(range.last(), last)) {
      ended = true;
      return;
    }
    byte[] beyond = keyBeyond();
    if (reverse && beyond == null) {
      ended = true;
      return;
    }
    boolean gapOnly = beyond != null && (range.isEquality() || index.isClustered() && !reverse);
    RecordLockMode mode = gapOnly ? modes.gap() : modes.nextKey();
    if (reverse) {
      transaction.lockRecord(index.tree(), beyond, mode, LockWait.WAIT);
    } else {
      transaction.lockRangeEnd(index.tree(), range.to(), beyond, mode);
    }
    // An insert that was not committed before the gap was locked would be in the range, too.
    boolean met = waitForInsertsUpToEnd();
    if (!met && (!refreshIfChanged() || Arrays.equals(beyond, keyBeyond()))) {
      ended = true;
    }
    isPositioned = false;
  }

  private boolean waitForInsertsUpToEnd() {
    byte[] passed = last;
    if (reverse) {
      return waitForInserts(Keys.below(range.from()), passed == null ? range.to() : passed);
    }
    return waitForInserts(passed == null ? Keys.below(range.from()) : passed, range.to());
  }

  /** The key of the entry that the cursor came to outside of the range, or null where there is none. */
  private byte @Nullable [] keyBeyond() {
    return seekAnew() ? Scans.key(cursor) : null;
  }

  @Override
  public Row row() {
    Row present = row;
    if (present == null) {
      throw new IllegalStateException("no current row");
    }
    return present;
  }

  @Override
  public @Nullable Row find(byte[] key) {
    transaction.begins(Operation.STARTING_INDEX_READ);
    while (true) {
      refresh();
      if (!cursor.find(key)) {
        if (lockAbsence(key)) {
          return null;
        }
        continue;
      }
      boolean heldBefore = isHeld(index, key);
      if (!transaction.lockRecord(index.tree(), key, modes.record(), wait)) {
        return null;
      }
      if (refreshIfChanged() && !cursor.find(key)) {
        release(key, heldBefore);
        continue;
      }
      Row entry = entryRow();
      if (!locksRows) {
        return accepted(
            readsEntries ? entry : wholeRow(index.clusteredKey(entry)), key, heldBefore);
      }
      byte[] rowKey = index.clusteredKey(entry);
      boolean rowHeld = isHeld(clustered, rowKey);
      if (!transaction.lockRecord(clustered.tree(), rowKey, modes.record(), wait)) {
        release(key, heldBefore);
        return null;
      }
      refreshIfChanged();
      Row found = accepted(wholeRow(rowKey), key, heldBefore);
      if (found == null && !rowHeld && !locksGaps) {
        transaction.unlockRecord(clustered.tree(), rowKey);
      }
      return found;
    }
  }

  private @Nullable Row accepted(@Nullable Row found, byte[] key, boolean heldBefore) {
    if (found != null && filter.accepts(found)) {
      return found;
    }
    release(key, heldBefore);
    return null;
  }

  /** No entry has the key: protects its place. False when one may have come meanwhile. */
  private boolean lockAbsence(byte[] key) {
    if (waitForInserts(Keys.below(key), Keys.above(key), modes.record())) {
      return false;
    }
    if (!locksGaps) {
      return true;
    }
    byte[] next = cursor.seek(key) ? Scans.key(cursor) : null;
    transaction.lockRangeEnd(
        index.tree(), Keys.above(key), next, next == null ? modes.nextKey() : modes.gap());
    boolean met = waitForInserts(Keys.below(key), Keys.above(key), modes.record());
    return !met && (!refreshIfChanged() || !cursor.find(key));
  }
}
