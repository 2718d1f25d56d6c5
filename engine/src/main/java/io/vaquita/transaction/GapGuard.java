package io.vaquita.transaction;

import io.vaquita.lock.LockMode;
import io.vaquita.lock.RecordLocks;
import io.vaquita.lock.WaitPolicy;
import io.vaquita.store.Cursor;
import io.vaquita.store.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's care for gaps that its own writes change: which gaps of the committed tree a gap beside own writes lies in, and what
 * becomes of others' gap locks on keys that go away with its end. Confined to the session's thread.
 */
final class GapGuard {
  private final Store store;
  private final WriteSet writes;
  private final TransactionOptions options;
  private final RecordLocks records;

  GapGuard(Store store, WriteSet writes, TransactionOptions options) {
    this.store = store;
    this.writes = writes;
    this.options = options;
    this.records = options.owner().records();
  }

  /**
   * Others know neither this transaction's inserts nor its deletions: their inserts look at the gap before the next committed entry. So a
   * gap that ends at an own insert is locked before the next committed entry as well, and where own deletions lie in the gap, before each
   * of them.
   */
  void guardAroundOwnWrites(int tree, byte @Nullable [] key, LockMode mode, Reader currentView) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return;
    }
    LockMode gap =
        mode == LockMode.S_NEXT_KEY || mode == LockMode.S_GAP ? LockMode.S_GAP : LockMode.X_GAP;
    if (key != null && overlay.get(key) != null) {
      guardBeforeSuccessor(tree, key, gap);
    }
    OwnEntries own = overlay.entries();
    boolean more = key == null ? own.last() : own.seekBefore(key);
    if (!more || !own.isDeletion()) {
      return;
    }
    byte[] visible = visibleBefore(currentView, tree, key);
    while (more
        && own.isDeletion()
        && (visible == null || Arrays.compareUnsigned(visible, own.key()) < 0)) {
      lockGap(tree, own.key(), gap);
      more = own.previous();
    }
  }

  /**
   * The gap before the next committed entry, and before the first inserts of others on the way to it: they had looked before the gap was locked, and
   * when they are committed they are what the next insert takes for its successor.
   */
  private void guardBeforeSuccessor(int tree, byte[] key, LockMode gap) {
    byte[] successor = atOrAfter(tree, key);
    while (!Arrays.equals(successor, key)) {
      lockGap(tree, successor, gap);
      for (byte[] insert : records.firstInserts(tree, key, successor)) {
        lockGap(tree, insert, gap);
      }
      byte[] before = successor;
      successor = atOrAfter(tree, key);
      if (Arrays.equals(before, successor)) {
        return;
      }
    }
  }

  private void lockGap(int tree, byte @Nullable [] key, LockMode gap) {
    records.acquire(tree, key, gap, WaitPolicy.WAIT, options.lockWaitTimeoutMillis());
  }

  private static byte @Nullable [] visibleBefore(
      Reader currentView, int tree, byte @Nullable [] key) {
    Cursor cursor = currentView.cursor(tree);
    boolean there = key == null ? cursor.last() : cursor.seekBefore(key);
    if (there && key != null && Arrays.equals(keyOf(cursor), key)) {
      there = cursor.previous();
    }
    return there ? keyOf(cursor) : null;
  }

  /** The key itself when it is committed, else the next one that is, or null. */
  byte @Nullable [] atOrAfter(int tree, byte[] key) {
    return keyAtOrAfter(store.snapshot().cursor(tree), key);
  }

  private static byte @Nullable [] keyAtOrAfter(Cursor cursor, byte[] key) {
    return cursor.seek(key) ? keyOf(cursor) : null;
  }

  private static byte[] keyOf(Cursor cursor) {
    int from = cursor.keyOffset();
    return Arrays.copyOfRange(cursor.keyArray(), from, from + cursor.keyLength());
  }

  /**
   * Gaps before keys that go away with this transaction's end, deleted ones or inserts that are not to be, become part of the gap before
   * the next key, and so must the locks of others on them.
   */
  void handDown(boolean commits) {
    records.beginEnd();
    records.forEachInsertInGuardedGap((tree, key) -> handDownGap(tree, key, commits));
    if (!commits) {
      return;
    }
    for (Overlay overlay : writes.overlays()) {
      boolean isLockable = !overlay.hidesCommitted() && !TemporaryStore.has(overlay.tree());
      if (isLockable && records.hasGapLocks(overlay.tree())) {
        handDownDeleted(overlay);
      }
    }
  }

  private void handDownDeleted(Overlay overlay) {
    OwnEntries own = overlay.entries();
    for (boolean more = own.first(); more; more = own.next()) {
      if (own.isDeletion() && records.othersGuardGap(overlay.tree(), own.key())) {
        handDownGap(overlay.tree(), own.key(), true);
      }
    }
  }

  /** Until the successor is still the same afterwards: other commits may insert and delete keys meanwhile. */
  private void handDownGap(int tree, byte[] key, boolean commits) {
    byte[] successor = keyAtOrAfter(outcome(commits).cursor(tree), key);
    while (!Arrays.equals(key, successor)) {
      records.inheritGaps(tree, key, successor);
      byte[] before = successor;
      successor = keyAtOrAfter(outcome(commits).cursor(tree), key);
      if (Arrays.equals(before, successor)) {
        return;
      }
    }
  }

  /** What there will be when this transaction has ended, as far as known now. */
  Reader outcome(boolean commits) {
    WriteSet kept = commits ? writes : new WriteSet();
    return new View(store, store.snapshot(), kept, options.temporary());
  }
}
