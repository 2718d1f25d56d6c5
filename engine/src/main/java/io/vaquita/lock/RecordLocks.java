package io.vaquita.lock;

import io.vaquita.lock.TreeLocks.PendingInserts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records and gaps that one owner has locked, and the keys that it inserts. Confined to the session's thread, except for {@link
 * #inherited} and {@link #isEnding}.
 *
 * <p>Taking methods throw as {@link LockOwner} says.
 */
public final class RecordLocks {
  private final LockTable table;
  private final LockOwner owner;

  /** Linked by {@link Lock#nextOwned}. */
  private @Nullable Lock newest;

  private int count;
  private final List<PendingInserts> inserts = new ArrayList<>(0);

  /** Gap locks that others' commits handed to this owner; any thread pushes, the session's thread drains. */
  private final AtomicReference<@Nullable Lock> inherited = new AtomicReference<>();

  private @Nullable TreeLocks lastTree;
  private volatile boolean ending;

  RecordLocks(LockTable table, LockOwner owner) {
    this.table = table;
    this.owner = owner;
  }

  /** How many records and gaps are locked. */
  public int count() {
    return count;
  }

  /**
   * Locks a record, the gap before it, or both.
   *
   * @param key null is the supremum, of which only the gap before it exists
   * @return false only with {@link WaitPolicy#TRY} when the lock is not to be had at once
   */
  public boolean acquire(
      int tree,
      byte @Nullable [] key,
      LockMode mode,
      WaitPolicy policy,
      LongSupplier timeoutMillis) {
    LockMode asked = key == null ? onSupremum(mode) : mode;
    if (asked == null) {
      return true;
    }
    TreeLocks locks = treeLocks(tree);
    boolean mayWait = policy == WaitPolicy.WAIT;
    if (!owner.finish(table.requestRecord(owner, locks, key, asked, 0, mayWait), timeoutMillis)) {
      return false;
    }
    if ((asked == LockMode.S_GAP || asked == LockMode.X_GAP) && key != null) {
      return awaitEndInProgress(locks, key, mayWait, timeoutMillis);
    }
    return true;
  }

  /**
   * Locks an entry that this owner is about to change or delete, exclusively. As in InnoDB reports do not list such a lock until somebody
   * else waits for it: the change itself says whose the entry is.
   */
  public void acquireChange(int tree, byte[] key, LongSupplier timeoutMillis) {
    owner.finish(
        table.requestRecord(owner, treeLocks(tree), key, LockMode.X_RECORD, Lock.IMPLICIT, true),
        timeoutMillis);
  }

  private static @Nullable LockMode onSupremum(LockMode mode) {
    return switch (mode) {
      case S_NEXT_KEY -> LockMode.S_GAP;
      case X_NEXT_KEY -> LockMode.X_GAP;
      case S_RECORD, X_RECORD -> null;
      default -> mode;
    };
  }

  /**
   * A gap lock on a key that is going away with the end of another transaction may have come too late to be handed to the successor; so
   * it waits for that end, after which its caller sees whether the key is gone. See {@link #inheritGaps}.
   */
  private boolean awaitEndInProgress(
      TreeLocks locks, byte[] key, boolean mayWait, LongSupplier timeoutMillis) {
    if (!table.gaps().isHeldByEnding(owner, locks, key)) {
      return true;
    }
    return owner.finish(
        table.requestRecord(owner, locks, key, LockMode.S_RECORD, 0, mayWait), timeoutMillis);
  }

  /** Finds the key after a given one in the newest committed version. */
  public interface Successors {
    /** The key itself when it is there, else the next one, or null at the end. */
    byte @Nullable [] atOrAfter(byte[] key);
  }

  /**
   * Locks a key that is about to be inserted, exclusively, makes it known to others' scans, and waits until nobody else guards the gap
   * it falls into. A key that is in the committed tree (deleted by this transaction) falls into no gap.
   *
   * <p>Known keys are always locked ones, so a scan that meets one can wait for it. While the insert itself waits for a gap it is
   * neither known nor locked: whoever guards the gap may insert the key first, as in InnoDB.
   */
  public void acquireInsert(
      int tree, byte[] key, Successors successors, LongSupplier timeoutMillis) {
    TreeLocks locks = treeLocks(tree);
    PendingInserts pending = pendingInserts(locks);
    while (true) {
      // Gap locks that come between this look and the next are rare; then the key stays locked,
      // which is right, if unkind.
      boolean keepsKey = locks.gapLocks.get() == 0 || holds(tree, key);
      owner.finish(
          table.requestRecord(owner, locks, key, LockMode.X_RECORD, Lock.IMPLICIT, true),
          timeoutMillis);
      pending.add(key);
      if (locks.gapLocks.get() == 0) {
        return;
      }
      byte[] successor = successors.atOrAfter(key);
      if (successor != null && Arrays.equals(successor, key)
          || table.requestRecord(owner, locks, successor, LockMode.INSERT_INTENTION, 0, false)
              != null) {
        return;
      }
      if (!keepsKey) {
        pending.remove(key);
        release(tree, key);
      }
      owner.finish(
          table.requestRecord(owner, locks, successor, LockMode.INSERT_INTENTION, 0, true),
          timeoutMillis);
    }
  }

  /** Takes {@link #acquireInsert} back: the key is somebody else's committed insert. */
  public void releaseInsert(int tree, byte[] key) {
    pendingInserts(treeLocks(tree)).remove(key);
    release(tree, key);
  }

  private PendingInserts pendingInserts(TreeLocks locks) {
    for (int i = inserts.size() - 1; i >= 0; i--) {
      if (inserts.get(i).tree == locks) {
        return inserts.get(i);
      }
    }
    PendingInserts fresh = new PendingInserts(owner, locks);
    inserts.add(fresh);
    locks.add(fresh);
    return fresh;
  }

  /** The first key strictly between the bounds that another owner inserts and has not committed; null bounds are none. */
  public byte @Nullable [] uncommittedInsert(
      int tree, byte @Nullable [] after, byte @Nullable [] before) {
    return treeLocks(tree).firstInsert(owner, after, before);
  }

  /**
   * The first key of each other owner that it inserts at or after {@code from} and before {@code before} (null: no bound) and has not
   * committed. When it has, and the others have not, that key is what follows a gap that ends at {@code from}; so whoever guards such a gap
   * guards the one before each of these. An owner's later keys become visible with its first.
   */
  public List<byte[]> firstInserts(int tree, byte[] from, byte @Nullable [] before) {
    return treeLocks(tree).firstInserts(owner, from, before);
  }

  /** Whether the record itself is locked by this owner. */
  public boolean holds(int tree, byte[] key) {
    Lock lock = table.gaps().recordLock(owner, treeLocks(tree), key);
    return lock != null && (lock.modes & LockMode.RECORD_MODES) != 0;
  }

  /** Gives the record part of a lock back; the gap part stays. */
  public void release(int tree, byte[] key) {
    Lock gone = table.releaseRecord(owner, treeLocks(tree), key);
    if (gone != null) {
      takeInherited();
      newest = LockOwner.without(newest, gone);
      count--;
    }
  }

  /** Links a new lock, with the shard's monitor held. */
  void granted(Lock lock) {
    lock.nextOwned = newest;
    newest = lock;
    count++;
  }

  /** Before the locks themselves, for a key that is known is a key that is locked. */
  void forgetInserts() {
    for (PendingInserts pending : inserts) {
      pending.tree.remove(pending);
    }
    inserts.clear();
  }

  /**
   * Releases all. What is inherited meanwhile comes from a lock that this owner still has, so when it has none nothing comes any more.
   */
  void releaseAll() {
    do {
      takeInherited();
      for (Lock lock = newest; lock != null; lock = lock.nextOwned) {
        table.release(lock);
      }
      newest = null;
    } while (inherited.get() != null);
    count = 0;
    ending = false;
  }

  /** For the session's thread, and for others while its owner waits. */
  void forEachLock(Consumer<Lock> visitor) {
    for (Lock lock = newest; lock != null; lock = lock.nextOwned) {
      visitor.accept(lock);
    }
    for (Lock lock = inherited.get(); lock != null; lock = lock.nextOwned) {
      visitor.accept(lock);
    }
  }

  private void takeInherited() {
    Lock lock = inherited.getAndSet(null);
    while (lock != null) {
      Lock next = lock.nextOwned;
      lock.nextOwned = newest;
      newest = lock;
      lock = next;
    }
  }

  /** For any thread: the lock is in its queue already. */
  void inherited(Lock lock) {
    inherited.getAndUpdate(
        head -> {
          lock.nextOwned = head;
          return lock;
        });
  }

  /** XA PREPARE: a new owner takes all over. */
  void moveTo(RecordLocks heir) {
    takeInherited();
    heir.newest = newest;
    heir.count = count;
    heir.inserts.addAll(inserts);
    newest = null;
    count = 0;
    inserts.clear();
    table.giveAll(heir.newest, heir.owner);
    heir.inserts.forEach(pending -> pending.owner = heir.owner);
    // What came while the locks changed hands.
    takeInherited();
    table.giveAll(newest, heir.owner);
    for (Lock lock = newest; lock != null; ) {
      Lock next = lock.nextOwned;
      lock.nextOwned = heir.newest;
      heir.newest = lock;
      lock = next;
    }
    newest = null;
  }

  /**
   * Says that this owner's transaction is about to commit or roll back. From now on a gap lock on a record that it holds exclusively
   * waits, so that {@link #inheritGaps} misses none. Ends with {@link LockOwner#releaseRows}.
   */
  public void beginEnd() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }

  /** Takes keys of a tree. */
  public interface KeyVisitor {
    void visit(int tree, byte[] key);
  }

  /** Visits the keys this owner inserts before which others guard the gap. */
  public void forEachInsertInGuardedGap(KeyVisitor visitor) {
    for (PendingInserts pending : inserts) {
      if (pending.tree.gapLocks.get() > 0) {
        for (byte[] key : pending.keys()) {
          if (table.gaps().othersGuardGap(owner, pending.tree, key)) {
            visitor.visit(pending.tree.tree, key);
          }
        }
      }
    }
  }

  /** Whether anybody, this owner included, guards a gap in the tree. */
  public boolean hasGapLocks(int tree) {
    return treeLocks(tree).gapLocks.get() > 0;
  }

  /** Whether others guard the gap before the key. */
  public boolean othersGuardGap(int tree, byte[] key) {
    return table.gaps().othersGuardGap(owner, treeLocks(tree), key);
  }

  /**
   * Hands what others guard before a key that goes away with this owner's transaction (a deletion committed, an insert rolled back)
   * on to the gap that takes it in: the one before {@code to} (null: the supremum), and those before the first inserts of others that lie
   * between and are not committed yet, as {@link #firstInserts} says. After {@link #beginEnd}.
   */
  public void inheritGaps(int tree, byte[] from, byte @Nullable [] to) {
    TreeLocks locks = treeLocks(tree);
    table.gaps().inheritGaps(owner, locks, from, to);
    for (byte[] between : locks.firstInserts(owner, from, to)) {
      table.gaps().inheritGaps(owner, locks, from, between);
    }
  }

  private TreeLocks treeLocks(int tree) {
    TreeLocks last = lastTree;
    if (last == null || last.tree != tree) {
      last = table.treeLocks(tree);
      lastTree = last;
    }
    return last;
  }
}
