package io.vaquita.lock;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.TreeLocks.PendingInserts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session in the lock table: what holds locks and waits for one at a time. Taking and giving back is confined to the session's
 * thread; {@link #interrupt} and the questions about its wait are for any thread.
 *
 * <p>Every taking method throws, when its wait fails: 1205 (timeout), 1213 or 3058 (deadlock), 1317 (killed, client gone), 3024
 * (max_execution_time), 1053 (shutdown); {@link #lastFailure} then tells more. Timeouts are asked for when a wait begins.
 */
public final class LockOwner {
  private final LockTable table;
  private final long id;
  private final OwnerInfo info;

  // What it holds: lists linked by Lock.nextOwned, newest first.
  private @Nullable Lock records;

  private int recordCount;
  private @Nullable Lock tables;
  private final MetadataLocks metadata = new MetadataLocks();
  private final List<PendingInserts> inserts = new ArrayList<>(0);
  private volatile @Nullable UserLevelLocks userLocks;

  /** Gap locks that others' commits handed to this owner; any thread pushes, the session's thread drains. */
  private final AtomicReference<@Nullable Lock> inherited = new AtomicReference<>();

  private @Nullable TreeLocks lastTree;
  private long rowsWritten;
  private @Nullable LockFailure lastFailure;

  private volatile boolean ending;
  private volatile @Nullable Wait wait;
  private volatile Interruption interruption = Interruption.NONE;
  private volatile long executionDeadlineNanos = Long.MAX_VALUE;

  // The wait-for graph's marks, guarded by its monitor.
  long visitedBy;
  @Nullable Wait reachedFrom;

  LockOwner(LockTable table, long id, OwnerInfo info) {
    this.table = table;
    this.id = id;
    this.info = info;
  }

  /** The connection id. */
  public long id() {
    return id;
  }

  public OwnerInfo info() {
    return info;
  }

  // ---- Records and tables.

  /**
   * Locks a record, the gap before it, or both.
   *
   * @param key null is the supremum, of which only the gap before it exists
   * @return false only with {@link WaitPolicy#TRY} when the lock is not to be had at once
   */
  public boolean acquireRecord(
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
    if (!finish(table.requestRecord(this, locks, key, asked, 0, mayWait), timeoutMillis)) {
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
    finish(
        table.requestRecord(this, treeLocks(tree), key, LockMode.X_RECORD, Lock.IMPLICIT, true),
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
    if (!table.gaps().isHeldByEnding(this, locks, key)) {
      return true;
    }
    return finish(
        table.requestRecord(this, locks, key, LockMode.S_RECORD, 0, mayWait), timeoutMillis);
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
      boolean keepsKey = locks.gapLocks.get() == 0 || holdsRecord(tree, key);
      finish(
          table.requestRecord(this, locks, key, LockMode.X_RECORD, Lock.IMPLICIT, true),
          timeoutMillis);
      pending.add(key);
      if (locks.gapLocks.get() == 0) {
        return;
      }
      byte[] successor = successors.atOrAfter(key);
      if (successor != null && Arrays.equals(successor, key)
          || table.requestRecord(this, locks, successor, LockMode.INSERT_INTENTION, 0, false)
              != null) {
        return;
      }
      if (!keepsKey) {
        pending.remove(key);
        releaseRecord(tree, key);
      }
      finish(
          table.requestRecord(this, locks, successor, LockMode.INSERT_INTENTION, 0, true),
          timeoutMillis);
    }
  }

  /** Takes {@link #acquireInsert} back: the key is somebody else's committed insert. */
  public void releaseInsert(int tree, byte[] key) {
    pendingInserts(treeLocks(tree)).remove(key);
    releaseRecord(tree, key);
  }

  private PendingInserts pendingInserts(TreeLocks locks) {
    for (int i = inserts.size() - 1; i >= 0; i--) {
      if (inserts.get(i).tree == locks) {
        return inserts.get(i);
      }
    }
    PendingInserts fresh = new PendingInserts(this, locks);
    inserts.add(fresh);
    locks.add(fresh);
    return fresh;
  }

  /** The first key strictly between the bounds that another owner inserts and has not committed; null bounds are none. */
  public byte @Nullable [] uncommittedInsert(
      int tree, byte @Nullable [] after, byte @Nullable [] before) {
    return treeLocks(tree).firstInsert(this, after, before);
  }

  /** As {@link #uncommittedInsert}, with {@code from} included. */
  public byte @Nullable [] uncommittedInsertFrom(int tree, byte[] from, byte @Nullable [] before) {
    return treeLocks(tree).firstInsertFrom(this, from, before);
  }

  /** Whether the record itself is locked by this owner. */
  public boolean holdsRecord(int tree, byte[] key) {
    Lock lock = table.gaps().recordLock(this, treeLocks(tree), key);
    return lock != null && (lock.modes & LockMode.RECORD_MODES) != 0;
  }

  /** Gives the record part of a lock back; the gap part stays. */
  public void releaseRecord(int tree, byte[] key) {
    Lock lock = table.gaps().recordLock(this, treeLocks(tree), key);
    if (lock == null) {
      return;
    }
    int gaps = lock.modes & (LockMode.S_GAP.bit() | LockMode.X_GAP.bit());
    gaps |= (lock.modes & LockMode.S_NEXT_KEY.bit()) != 0 ? LockMode.S_GAP.bit() : 0;
    gaps |= (lock.modes & LockMode.X_NEXT_KEY.bit()) != 0 ? LockMode.X_GAP.bit() : 0;
    if (table.weaken(lock, gaps)) {
      takeInherited();
      records = without(records, lock);
      recordCount--;
    }
  }

  public void acquireTable(long tableId, LockMode mode, LongSupplier timeoutMillis) {
    finish(table.requestTable(this, tableId, mode, true), timeoutMillis);
  }

  /** As {@link #acquireTable}, but answers false instead of waiting. */
  public boolean tryTable(long tableId, LockMode mode) {
    return table.requestTable(this, tableId, mode, false) != null;
  }

  /** How many records and gaps it has locked. */
  public int recordLocks() {
    return recordCount;
  }

  @Nullable Lock tableLock(Queue queue) {
    for (Lock lock = tables; lock != null; lock = lock.nextOwned) {
      if (lock.queue == queue) {
        return lock;
      }
    }
    return null;
  }

  /** Releases record and table locks. */
  public void releaseRows() {
    ending = false;
    // Before the locks: a key that is known is a key that is locked.
    for (PendingInserts pending : inserts) {
      pending.tree.remove(pending);
    }
    inserts.clear();
    releaseRecords();
    for (Lock lock = tables; lock != null; lock = lock.nextOwned) {
      table.release(lock);
    }
    tables = null;
    // After the locks: nobody hands over gap locks of an owner that has none.
    takeInherited();
    releaseRecords();
    rowsWritten = 0;
  }

  private void releaseRecords() {
    for (Lock lock = records; lock != null; lock = lock.nextOwned) {
      table.release(lock);
    }
    records = null;
    recordCount = 0;
  }

  private void takeInherited() {
    Lock lock = inherited.getAndSet(null);
    while (lock != null) {
      Lock next = lock.nextOwned;
      lock.nextOwned = records;
      records = lock;
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

  /**
   * Says that this owner's transaction is about to commit or roll back. From now on a gap lock on a record that it holds exclusively
   * waits, so that {@link #inheritGaps} misses none. Ends with {@link #releaseRows}.
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
          if (table.gaps().othersGuardGap(this, pending.tree, key)) {
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
    return table.gaps().othersGuardGap(this, treeLocks(tree), key);
  }

  /**
   * Hands what others guard before a key that goes away with this owner's transaction (a deletion committed, an insert rolled back)
   * on to the gap that takes it in: the one before {@code to} (null: the supremum), and those before inserts of others that lie between
   * and are not committed yet. After {@link #beginEnd}.
   */
  public void inheritGaps(int tree, byte[] from, byte @Nullable [] to) {
    TreeLocks locks = treeLocks(tree);
    table.gaps().inheritGaps(this, locks, from, to);
    byte[] between = locks.firstInsert(this, from, to);
    while (between != null) {
      table.gaps().inheritGaps(this, locks, from, between);
      between = locks.firstInsert(this, between, to);
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

  // ---- Metadata.

  /** Takes a metadata lock, or makes sure of one that is held already. A timeout of 0 means to try once. */
  public void acquireMetadata(
      MetadataTarget name, LockMode mode, LockDuration duration, LongSupplier timeoutMillis) {
    if (!requestMetadata(name, mode, duration, false, timeoutMillis)) {
      throw MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
    }
  }

  /** As {@link #acquireMetadata}, but answers false instead of waiting. */
  public boolean tryMetadata(MetadataTarget name, LockMode mode, LockDuration duration) {
    return requestMetadata(name, mode, duration, true, () -> 0);
  }

  private boolean requestMetadata(
      MetadataTarget name,
      LockMode mode,
      LockDuration duration,
      boolean once,
      LongSupplier timeoutMillis) {
    Lock held = metadata.covering(name, mode, duration);
    if (held != null && held.duration == duration) {
      return true;
    }
    boolean mayWait = held == null && !once && timeoutMillis.getAsLong() != 0;
    return finish(
        table.requestMetadata(this, name, mode, duration, null, held != null, mayWait),
        timeoutMillis);
  }

  /** Raises a held lock to a stronger mode, waiting with the weaker one held. */
  public void upgradeMetadata(
      MetadataTarget name, LockMode held, LockMode wanted, LongSupplier timeoutMillis) {
    Lock lock = metadata.find(name, held);
    if (lock == null) {
      throw new IllegalStateException("no " + held + " to upgrade on " + name);
    }
    finish(
        table.requestMetadata(this, name, wanted, lock.duration, lock, false, true), timeoutMillis);
  }

  /** Lowers a held lock to a weaker mode. */
  public void downgradeMetadata(MetadataTarget name, LockMode held, LockMode to) {
    Lock lock = metadata.find(name, held);
    if (lock == null) {
      throw new IllegalStateException("no " + held + " to downgrade on " + name);
    }
    table.weaken(lock, to.bit());
  }

  public boolean holdsMetadata(MetadataTarget name, LockMode mode) {
    return metadata.covering(name, mode, LockDuration.TRANSACTION) != null;
  }

  /** A metadata lock of the transaction. */
  public record HeldMetadata(MetadataTarget target, LockMode mode) {}

  /** The transaction's metadata locks, oldest first. */
  public List<HeldMetadata> transactionMetadata() {
    return metadata.transactionLocks();
  }

  /** Releases the explicit locks on one name. */
  public void releaseExplicit(MetadataTarget name) {
    metadata.releaseExplicit(table, name);
  }

  /** UNLOCK TABLES and the like: releases all explicit metadata locks except user-level locks. */
  public void releaseExplicit() {
    metadata.releaseExplicit(table, null);
  }

  /** A place in the order of the transaction's metadata locks, for {@link #releaseMetadataSince}. */
  public int metadataMark() {
    return metadata.transactionCount();
  }

  /** ROLLBACK TO SAVEPOINT: releases the transaction's metadata locks taken after the mark. */
  public void releaseMetadataSince(int mark) {
    metadata.releaseTransactionTo(table, mark);
  }

  /** Releases what is held for the statement: its metadata locks, and AUTO_INC. */
  public void releaseStatement() {
    metadata.releaseStatement(table);
    int autoIncrement = LockMode.TABLE_AUTO_INC.bit();
    for (Lock lock = tables; lock != null; ) {
      Lock next = lock.nextOwned;
      if ((lock.modes & autoIncrement) != 0 && table.weaken(lock, lock.modes & ~autoIncrement)) {
        tables = without(tables, lock);
      }
      lock = next;
    }
  }

  /** Releases record and table locks, and metadata locks of statement and transaction duration. */
  public void releaseTransaction() {
    releaseRows();
    metadata.releaseStatement(table);
    metadata.releaseTransactionTo(table, 0);
  }

  /** The session's end: everything goes, user-level locks last. */
  public void releaseAll() {
    releaseTransaction();
    releaseExplicit();
    UserLevelLocks named = userLocks;
    if (named != null) {
      named.releaseAll();
    }
  }

  /**
   * XA PREPARE and disconnect: a new owner takes over what the transaction holds. The caller's thread must be the session's, and the
   * new owner belongs to whoever finishes the transaction.
   */
  public LockOwner detachTransaction(long newId, OwnerInfo newInfo) {
    LockOwner heir = table.newOwner(newId, newInfo);
    takeInherited();
    heir.records = records;
    heir.recordCount = recordCount;
    heir.tables = tables;
    heir.inserts.addAll(inserts);
    heir.rowsWritten = rowsWritten;
    records = null;
    tables = null;
    inserts.clear();
    table.giveAll(heir.records, heir);
    table.giveAll(heir.tables, heir);
    heir.inserts.forEach(pending -> pending.owner = heir);
    metadata.moveTransactionTo(heir.metadata, table, heir);
    // What came while the locks changed hands.
    takeInherited();
    table.giveAll(records, heir);
    for (Lock lock = records; lock != null; ) {
      Lock next = lock.nextOwned;
      lock.nextOwned = heir.records;
      heir.records = lock;
      lock = next;
    }
    records = null;
    return heir;
  }

  /** The session's user-level locks. */
  public UserLevelLocks userLocks() {
    UserLevelLocks locks = userLocks;
    if (locks == null) {
      locks = new UserLevelLocks(table, this);
      userLocks = locks;
    }
    return locks;
  }

  /** For any thread: how deep the recursion on a user-level lock is that this owner holds. */
  public int userLockDepth(MetadataTarget name) {
    UserLevelLocks locks = userLocks;
    return locks == null ? 1 : locks.depthOf(name.name());
  }

  // ---- Waiting.

  /** Links a new lock to this owner's lists, with the shard's monitor held. */
  void granted(Lock lock) {
    switch (lock.queue) {
      case Queue.OfRecord _ -> {
        lock.nextOwned = records;
        records = lock;
        recordCount++;
      }
      case Queue.OfTable _ -> {
        lock.nextOwned = tables;
        tables = lock;
      }
      case Queue.OfMetadata named -> {
        if (named.name.scope() != MetadataScope.USER_LEVEL_LOCK) {
          metadata.add(lock);
        }
      }
    }
  }

  static @Nullable Lock without(@Nullable Lock list, Lock gone) {
    if (list == gone) {
      return gone.nextOwned;
    }
    for (Lock at = list; at != null; at = at.nextOwned) {
      if (at.nextOwned == gone) {
        at.nextOwned = gone.nextOwned;
        break;
      }
    }
    return list;
  }

  /** True when granted, false when it may not wait. */
  boolean finish(@Nullable Object answer, LongSupplier timeoutMillis) {
    if (!(answer instanceof Wait waiting)) {
      return answer != null;
    }
    Wait.State outcome = table.await(waiting, timeoutMillis.getAsLong());
    if (outcome != Wait.State.GRANTED) {
      throw errorOf(waiting, outcome);
    }
    return true;
  }

  /** The lock, or null after a timeout; other failures throw. For user-level locks. */
  @Nullable Lock awaitUnlessTimeout(Wait waiting, long timeoutMillis) {
    Wait.State outcome = table.await(waiting, timeoutMillis);
    if (outcome == Wait.State.TIMEOUT) {
      return null;
    }
    if (outcome != Wait.State.GRANTED) {
      throw errorOf(waiting, outcome);
    }
    return waiting.grantedLock;
  }

  private DatabaseException errorOf(Wait waiting, Wait.State outcome) {
    return switch (outcome) {
      case DEADLOCK ->
          isUserLock(waiting)
              ? MySqlError.ER_USER_LOCK_DEADLOCK.exception()
              : MySqlError.ER_LOCK_DEADLOCK.exception();
      case TIMEOUT -> MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
      case INTERRUPTED -> interruption.error().exception();
      case WAITING, GRANTED -> throw new IllegalStateException("not a failure: " + outcome);
    };
  }

  private static boolean isUserLock(Wait waiting) {
    return waiting.queue.target() instanceof MetadataTarget name
        && name.scope() == MetadataScope.USER_LEVEL_LOCK;
  }

  void waitsIn(Wait begun) {
    wait = begun;
  }

  void waitEnded(@Nullable LockFailure failure) {
    wait = null;
    lastFailure = failure;
  }

  /** Why the last wait failed; null when it did not. */
  public @Nullable LockFailure lastFailure() {
    return lastFailure;
  }

  @Nullable Wait currentWait() {
    return wait;
  }

  /** Rows written by the transaction, by which InnoDB's rule chooses victims. Set before locks are asked for. */
  public void rowsWritten(long rows) {
    rowsWritten = rows;
  }

  long rowsWritten() {
    return rowsWritten;
  }

  // ---- For any thread.

  /** Ends the wait, and lets later ones fail at once, until {@link #beginStatement} for what ends with the statement. */
  public void interrupt(Interruption why) {
    synchronized (inherited) {
      if (why.compareTo(interruption) > 0) {
        interruption = why;
      }
    }
    Wait waiting = wait;
    if (waiting != null) {
      LockSupport.unpark(waiting.thread);
    }
  }

  /** On the session's thread: forgets KILL QUERY and the execution time of the statement before. */
  public void beginStatement() {
    synchronized (inherited) {
      if (interruption.endsWithStatement()) {
        interruption = Interruption.NONE;
      }
    }
    executionDeadlineNanos = Long.MAX_VALUE;
    lastFailure = null;
  }

  /** max_execution_time: waits end with 3024 at this time of the environment's monotonic clock. */
  public void executionDeadline(long monotonicNanos) {
    executionDeadlineNanos = monotonicNanos;
  }

  long executionNanosLeft(long now) {
    long deadline = executionDeadlineNanos;
    return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - now;
  }

  Interruption interruption() {
    return interruption;
  }

  /** Whether it waits, the search for deadlocks let it wait on, and nobody has told it to stop. */
  public boolean isBlocked() {
    Wait waiting = wait;
    return waiting != null
        && waiting.settled
        && waiting.isWaiting()
        && interruption == Interruption.NONE;
  }

  /** What it waits for and what stands in the way, or null. */
  public @Nullable WaitEntry waitEntry() {
    Wait waiting = wait;
    return waiting == null || !waiting.isWaiting()
        ? null
        : new WaitEntry(table.reports().entryOf(waiting), table.reports().blockersOf(waiting));
  }

  /** The process list's State during a wait for metadata or a user-level lock; null otherwise, row waits included, as in MySQL. */
  public @Nullable String waitingState() {
    Wait waiting = wait;
    return waiting != null && waiting.queue instanceof Queue.OfMetadata queue
        ? queue.name.scope().waitingState()
        : null;
  }
}
