package io.vaquita.lock;

import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.List;
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

  private final RecordLocks records;

  /** Linked by {@link Lock#nextOwned}. */
  private @Nullable Lock tables;

  private final MetadataLocks metadata = new MetadataLocks();
  private volatile @Nullable UserLevelLocks userLocks;

  private long rowsWritten;
  private final OwnerWait waiting;

  // The wait-for graph's marks, guarded by its monitor.
  long visitedBy;
  @Nullable Wait reachedFrom;

  LockOwner(LockTable table, long id, OwnerInfo info) {
    this.table = table;
    this.id = id;
    this.info = info;
    records = new RecordLocks(table, this);
    waiting = new OwnerWait(table);
  }

  /** The connection id. */
  public long id() {
    return id;
  }

  public OwnerInfo info() {
    return info;
  }

  // ---- Rows.

  /** The records and gaps that it has locked. */
  public RecordLocks records() {
    return records;
  }

  public void acquireTable(long tableId, LockMode mode, LongSupplier timeoutMillis) {
    finish(table.requestTable(this, tableId, mode, true), timeoutMillis);
  }

  /** As {@link #acquireTable}, but answers false instead of waiting. */
  public boolean tryTable(long tableId, LockMode mode) {
    return table.requestTable(this, tableId, mode, false) != null;
  }

  /** Whether it holds any lock on rows or tables. */
  public boolean holdsRows() {
    return tables != null || records.count() > 0;
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
    records.forgetInserts();
    records.releaseAll();
    for (Lock lock = tables; lock != null; lock = lock.nextOwned) {
      table.release(lock);
    }
    tables = null;
    rowsWritten = 0;
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
    records.moveTo(heir.records);
    heir.tables = tables;
    heir.rowsWritten = rowsWritten;
    tables = null;
    table.giveAll(heir.tables, heir);
    metadata.moveTransactionTo(heir.metadata, table, heir);
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
      case Queue.OfRecord _ -> records.granted(lock);
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
    return answer instanceof Wait wait
        ? waiting.untilGranted(wait, timeoutMillis.getAsLong())
        : answer != null;
  }

  OwnerWait waiting() {
    return waiting;
  }

  /** Why the last wait failed; null when it did not. */
  public @Nullable LockFailure lastFailure() {
    return waiting.lastFailure();
  }

  /** Rows written by the transaction, by which, together with its locks, InnoDB's rule chooses victims. Set before locks are asked for. */
  public void rowsWritten(long rows) {
    rowsWritten = rows;
  }

  long rowsWritten() {
    return rowsWritten;
  }

  /** What it holds of rows and tables; for the session's thread, and for others while it waits. */
  public HeldLocks held() {
    LockStructs structs = new LockStructs();
    records.forEachLock(structs::add);
    for (Lock lock = tables; lock != null; lock = lock.nextOwned) {
      structs.add(lock);
    }
    return LockReports.heldBy(this, structs);
  }

  // ---- For any thread.

  /** Ends the wait, and lets later ones fail at once, until {@link #beginStatement} for what ends with the statement. */
  public void interrupt(Interruption why) {
    waiting.interrupt(why);
  }

  /** On the session's thread: forgets KILL QUERY and the execution time of the statement before. */
  public void beginStatement() {
    waiting.beginStatement();
  }

  /** max_execution_time: waits end with 3024 at this time of the environment's monotonic clock. */
  public void executionDeadline(long monotonicNanos) {
    waiting.executionDeadline(monotonicNanos);
  }

  /** Whether it waits, the search for deadlocks let it wait on, and nobody has told it to stop. */
  public boolean isBlocked() {
    return waiting.isBlocked();
  }

  /** What it waits for and what stands in the way, or null. */
  public @Nullable WaitEntry waitEntry() {
    Wait wait = waiting.current();
    return wait == null || !wait.isWaiting()
        ? null
        : new WaitEntry(table.reports().entryOf(wait), table.reports().blockersOf(wait));
  }

  /** The process list's State during a wait for metadata or a user-level lock; null otherwise, row waits included, as in MySQL. */
  public @Nullable String waitingState() {
    Wait wait = waiting.current();
    return wait != null && wait.queue instanceof Queue.OfMetadata queue
        ? queue.name.scope().waitingState()
        : null;
  }
}
