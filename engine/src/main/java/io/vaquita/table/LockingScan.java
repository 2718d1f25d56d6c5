package io.vaquita.table;

import io.vaquita.store.Cursor;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.LockWait;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.RecordLockMode;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Row;
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
public final class LockingScan implements RowScan {
  private final Transaction transaction;
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
    this.index = index;
    this.clustered = table.clustered();
    this.readsEntries = covering || index.isClustered();
    this.locksRows = !index.isClustered() && (exclusive || !covering);
    this.modes = exclusive ? LockModes.EXCLUSIVE : LockModes.SHARED;
    this.wait = wait;
    IsolationLevel level = transaction.isolationLevel();
    this.locksGaps =
        level == IsolationLevel.REPEATABLE_READ || level == IsolationLevel.SERIALIZABLE;
    this.semiConsistent = semiConsistent && !locksGaps && index.isClustered() && wait == LockWait.WAIT;
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
      transaction.lockRecord(
          index.tree(), next, next == null ? modes.nextKey() : modes.gap(), LockWait.WAIT);
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
    long now = transaction.committedPosition();
    if (now >= 0 && now == position) {
      return false;
    }
    refresh();
    return now >= 0;
  }

  @Override
  public boolean next() {
    while (!ended) {
      if (!seekNext()) {
        endRange();
        continue;
      }
      byte[] key = Scans.key(cursor);
      if (isRangeEntry(key) && take(key)) {
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

  private boolean isRangeEntry(byte[] key) {
    if (locksGaps) {
      return true;
    }
    // Without gap locks nothing else tells that another transaction has put an entry before this one.
    boolean met = reverse ? lockInserts(key, last) : lockInserts(last, key);
    if (met) {
      refresh();
    }
    return !met;
  }

  private boolean lockInserts(byte @Nullable [] after, byte @Nullable [] before) {
    byte[] low = after == null ? Keys.before(range.from()) : after;
    byte[] high = before == null ? range.to() : before;
    return transaction.lockInsertsOfOthers(index.tree(), low, high, modes.record(), wait);
  }

  /** Locks the entry and its row and tests the filter; false to go on with the scan. */
  private boolean take(byte[] key) {
    boolean heldBefore = !locksGaps && transaction.holdsRecordLock(index.tree(), key);
    if (semiConsistent && !heldBefore) {
      if (!transaction.lockRecord(index.tree(), key, modes.record(), LockWait.SKIP_LOCKED)) {
        if (!filter.accepts(entryRow())) {
          last = key;
          return false;
        }
        transaction.lockRecord(index.tree(), key, modes.record(), wait);
      }
    } else if (!transaction.lockRecord(index.tree(), key, entryMode(key), wait)) {
      last = key;
      return false;
    }
    if (refreshIfChanged() || !isPositioned) {
      if (!seekNext() || Scans.compareKey(cursor, key) != 0) {
        // The entry is gone, or another one stands before it: look again from the last one taken.
        isPositioned = false;
        return false;
      }
    }
    last = key;
    Row entry = entryRow();
    byte[] rowKey = null;
    boolean rowHeldBefore = true;
    if (locksRows) {
      rowKey = index.clusteredKey(entry);
      rowHeldBefore = !locksGaps && transaction.holdsRecordLock(clustered.tree(), rowKey);
      if (!transaction.lockRecord(clustered.tree(), rowKey, modes.record(), wait)) {
        release(key, heldBefore);
        return false;
      }
      if (refreshIfChanged() && !(cursor.find(key))) {
        isPositioned = false;
        return false;
      }
      isPositioned = true;
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
        !reverse && last == null && index.isClustered() && Arrays.equals(key, range.from());
    return isStart ? modes.record() : modes.nextKey();
  }

  private Row entryRow() {
    return index.row(
        cursor.keyArray(),
        cursor.keyOffset(),
        cursor.keyLength(),
        cursor.valueArray(),
        cursor.valueOffset(),
        cursor.valueLength());
  }

  private @Nullable Row wholeRow(byte[] key) {
    byte[] value = reader.get(clustered.tree(), key);
    return value == null ? null : clustered.row(key, 0, key.length, value, 0, value.length);
  }

  /** Protects the end of the range. Ends the scan when nothing appeared in it meanwhile. */
  private void endRange() {
    if (!locksGaps) {
      if (lockInserts(reverse ? null : last, reverse ? last : null)) {
        refresh();
      } else {
        ended = true;
      }
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
    transaction.lockRecord(
        index.tree(), beyond, gapOnly ? modes.gap() : modes.nextKey(), LockWait.WAIT);
    if (!refreshIfChanged() || Arrays.equals(beyond, keyBeyondAnew())) {
      ended = true;
    }
    isPositioned = false;
  }

  /** The key of the entry that the cursor came to outside of the range, or null where there is none. */
  private byte @Nullable [] keyBeyond() {
    isPositioned = false;
    return seekAnew() ? Scans.key(cursor) : null;
  }

  private byte @Nullable [] keyBeyondAnew() {
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
    while (true) {
      refresh();
      if (!cursor.find(key)) {
        if (lockAbsence(key)) {
          return null;
        }
        continue;
      }
      boolean heldBefore = !locksGaps && transaction.holdsRecordLock(index.tree(), key);
      if (!transaction.lockRecord(index.tree(), key, modes.record(), wait)) {
        return null;
      }
      if (refreshIfChanged() && !cursor.find(key)) {
        release(key, heldBefore);
        continue;
      }
      Row entry = entryRow();
      if (!locksRows) {
        return accepted(readsEntries ? entry : wholeRow(index.clusteredKey(entry)), key, heldBefore);
      }
      byte[] rowKey = index.clusteredKey(entry);
      boolean rowHeld = !locksGaps && transaction.holdsRecordLock(clustered.tree(), rowKey);
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
    if (transaction.lockInsertsOfOthers(
        index.tree(), Keys.before(key), Keys.after(key), modes.record(), wait)) {
      return false;
    }
    if (!locksGaps) {
      return true;
    }
    byte[] next = cursor.seek(key) ? Scans.key(cursor) : null;
    transaction.lockRecord(
        index.tree(), next, next == null ? modes.nextKey() : modes.gap(), LockWait.WAIT);
    return !refreshIfChanged() || !cursor.find(key);
  }
}
