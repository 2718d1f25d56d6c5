package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockOwner.HeldMetadata;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitPolicy;
import io.vaquita.store.EntrySorter;
import io.vaquita.store.EntryStream;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transaction over a {@link Store} and the lock table. Confined to its session's thread. */
final class StoreTransaction implements Transaction {
  private static final LockMode[] RECORD_MODES = {
    LockMode.S_RECORD,
    LockMode.X_RECORD,
    LockMode.S_GAP,
    LockMode.X_GAP,
    LockMode.S_NEXT_KEY,
    LockMode.X_NEXT_KEY,
    LockMode.INSERT_INTENTION
  };
  private static final LockMode[] TABLE_MODES = {
    LockMode.TABLE_IS,
    LockMode.TABLE_IX,
    LockMode.TABLE_S,
    LockMode.TABLE_X,
    LockMode.TABLE_AUTO_INC
  };

  private enum State {
    ACTIVE,
    /** Another object goes on with the writes and locks: XA PREPARE. */
    DETACHED,
    COMMITTED,
    ROLLED_BACK
  }

  private final Store store;
  private final TransactionOptions options;
  private final LockOwner owner;
  private final WriteSet writes;
  private State state = State.ACTIVE;
  private boolean holdsLocks;

  /** Trees that the commit fills. */
  private List<LoadedTree> loads = List.of();

  private final TransactionMemory memory;

  private final RecordLockShare share;
  private final GapGuard gaps;
  private final TransactionViews views;
  private @Nullable Operation operation;

  StoreTransaction(Store store, TransactionOptions options, TransactionMemory memory) {
    this(store, options, memory, new WriteSet(store, memory.writeSetBytesMax()));
  }

  private StoreTransaction(
      Store store, TransactionOptions options, TransactionMemory memory, WriteSet writes) {
    this.store = store;
    this.memory = memory;
    this.writes = writes;
    this.options = options;
    this.owner = options.owner();
    this.share = new RecordLockShare(memory.recordLocks());
    this.gaps = new GapGuard(store, writes, options);
    this.views = new TransactionViews(store, writes, options.temporary());
    if (options.withConsistentSnapshot() && keepsReadView()) {
      views.consistent();
    }
  }

  private boolean keepsReadView() {
    return options.isolationLevel().compareTo(IsolationLevel.REPEATABLE_READ) >= 0;
  }

  @Override
  public IsolationLevel isolationLevel() {
    return options.isolationLevel();
  }

  @Override
  public boolean isReadOnly() {
    return options.readOnly();
  }

  @Override
  public boolean isActive() {
    return state == State.ACTIVE;
  }

  @Override
  public boolean hasChanges() {
    return holdsLocks || !writes.isEmpty() || !loads.isEmpty();
  }

  @Override
  public boolean hasBegun() {
    return views.hasRead() || hasChanges();
  }

  @Override
  public Reader consistentView() {
    checkActive();
    return views.consistent();
  }

  @Override
  public Reader currentView() {
    checkActive();
    return views.current();
  }

  @Override
  public Reader checkingView() {
    checkActive();
    return views.checking();
  }

  @Override
  public boolean keepsViewOlderThan(long position) {
    return keepsReadView() && views.isConsistentOlderThan(position);
  }

  @Override
  public void beginStatement() {
    if (!keepsReadView()) {
      views.dropConsistent();
    }
  }

  @Override
  public void put(int tree, byte[] key, byte[] value) {
    checkActive();
    write(tree, key, value, false);
  }

  @Override
  public void delete(int tree, byte[] key) {
    checkActive();
    write(tree, key, null, false);
  }

  @Override
  public void putRow(int tree, byte[] key, byte[] value) {
    checkActive();
    write(tree, key, value, true);
  }

  @Override
  public void deleteRow(int tree, byte[] key) {
    checkActive();
    write(tree, key, null, true);
  }

  @Override
  public void begins(Operation next) {
    operation = next;
  }

  @Override
  public @Nullable Operation operation() {
    return operation;
  }

  /** What cannot be kept, for want of space in memory or files, cannot be undone for certain: the transaction ends with it. */
  private void write(int tree, byte[] key, byte @Nullable [] value, boolean isRow) {
    if (TemporaryStore.has(tree)) {
      TemporaryStore.required(options.temporary());
    }
    try {
      if (isRow) {
        writes.writeRow(tree, key, value);
      } else {
        writes.write(tree, key, value);
      }
    } catch (DatabaseException e) {
      rollBackEarly();
      throw e;
    }
  }

  @Override
  public EntrySorter newSorter(int shares) {
    checkActive();
    return store.newSorter(memory.writeSetBytesMax() / shares);
  }

  @Override
  public void load(int tree, EntryStream entries) {
    checkActive();
    if (loads.isEmpty()) {
      loads = new ArrayList<>();
    }
    loads.add(new LoadedTree(tree, entries));
  }

  @Override
  public void clearTree(int tree) {
    checkActive();
    writes.clear(tree);
  }

  @Override
  public boolean lockRecord(int tree, byte @Nullable [] key, RecordLockMode mode, LockWait wait) {
    checkActive();
    if (share.isLockedAsAWhole(tree, mode.isShared())) {
      return true;
    }
    holdsLocks = true;
    WaitPolicy policy = wait == LockWait.WAIT ? WaitPolicy.WAIT : WaitPolicy.TRY;
    LockMode lockMode = RECORD_MODES[mode.ordinal()];
    owner.rowsWritten(writes.rowChanges());
    try {
      if (owner.records().acquire(tree, key, lockMode, policy, options.lockWaitTimeoutMillis())) {
        if (lockMode.coversGap() && !writes.isEmpty()) {
          gaps.guardAroundOwnWrites(tree, key, lockMode, views.current());
        }
        countLocks();
        return true;
      }
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
    if (wait == LockWait.NOWAIT) {
      throw MySqlError.ER_LOCK_NOWAIT.exception();
    }
    return false;
  }

  /** As in InnoDB, a transaction that fills the memory for locks is rolled back as a whole. */
  private void countLocks() {
    try {
      share.holds(owner.records().count());
    } catch (DatabaseException e) {
      rollBackEarly();
      throw e;
    }
  }

  @Override
  public boolean hasManyRecordLocks() {
    return share.isTimeToEscalate(owner.records().count());
  }

  @Override
  public void lockTableInstead(long tableId, int[] trees, boolean exclusive) {
    checkActive();
    share.triesToEscalate();
    if (!share.isLockedAsAWhole(trees[0], !exclusive)
        && owner.tryTable(tableId, exclusive ? LockMode.TABLE_X : LockMode.TABLE_S)) {
      share.locksAsAWhole(trees, exclusive);
    }
  }

  @Override
  public void lockRangeEnd(
      int tree, byte @Nullable [] end, byte @Nullable [] beyond, RecordLockMode mode) {
    lockRecord(tree, beyond, mode, LockWait.WAIT);
    if (end == null || share.isLockedAsAWhole(tree, mode.isShared())) {
      return;
    }
    boolean shared = mode == RecordLockMode.S_GAP || mode == RecordLockMode.S_NEXT_KEY;
    RecordLockMode gap = shared ? RecordLockMode.S_GAP : RecordLockMode.X_GAP;
    for (byte[] insert : owner.records().firstInserts(tree, end, beyond)) {
      lockRecord(tree, insert, gap, LockWait.WAIT);
    }
  }

  @Override
  public void lockChange(int tree, byte[] key) {
    checkActive();
    if (share.isLockedAsAWhole(tree, false)) {
      return;
    }
    holdsLocks = true;
    owner.rowsWritten(writes.rowChanges());
    try {
      owner.records().acquireChange(tree, key, options.lockWaitTimeoutMillis());
      countLocks();
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  @Override
  public void lockInsert(int tree, byte[] key, byte @Nullable [] successor) {
    checkActive();
    if (share.isLockedAsAWhole(tree, false)) {
      return;
    }
    holdsLocks = true;
    owner.rowsWritten(writes.rowChanges());
    try {
      owner
          .records()
          .acquireInsert(tree, key, k -> gaps.atOrAfter(tree, k), options.lockWaitTimeoutMillis());
      countLocks();
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  @Override
  public void unlockInsert(int tree, byte[] key) {
    if (!share.isLockedAsAWhole(tree, false)) {
      owner.records().releaseInsert(tree, key);
    }
  }

  @Override
  public byte @Nullable [] uncommittedInsert(
      int tree, byte @Nullable [] after, byte @Nullable [] before) {
    return owner.records().uncommittedInsert(tree, after, before);
  }

  @Override
  public long committedPosition() {
    return store.position();
  }

  @Override
  public boolean holdsRecordLock(int tree, byte[] key) {
    return share.isLockedAsAWhole(tree, true) || owner.records().holds(tree, key);
  }

  @Override
  public void lockTable(long tableId, TableLockMode mode) {
    checkActive();
    holdsLocks = true;
    try {
      owner.acquireTable(tableId, TABLE_MODES[mode.ordinal()], options.lockWaitTimeoutMillis());
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  /** A deadlock's victim is rolled back as a whole, at once, so that the others can go on. */
  private DatabaseException afterFailedWait(DatabaseException e) {
    if (e.is(MySqlError.ER_LOCK_DEADLOCK)) {
      rollBackEarly();
    }
    return e;
  }

  /** Before the session knows: its own {@link #rollback} ends the rest. */
  private void rollBackEarly() {
    state = State.ROLLED_BACK;
    views.drop();
    gaps.handDown(false);
    owner.releaseRows();
    share.giveBack();
  }

  @Override
  public void unlockRecord(int tree, byte[] key) {
    owner.records().release(tree, key);
  }

  @Override
  public long savepoint() {
    return writes.writeCount();
  }

  @Override
  public void rollbackTo(long savepoint) {
    if (state == State.ACTIVE) {
      try {
        writes.undoTo(savepoint);
      } catch (DatabaseException e) {
        rollBackEarly();
        throw e;
      }
    }
  }

  @Override
  public void startAgain() {
    if (state == State.ACTIVE) {
      gaps.handDown(false);
      rollbackTo(0);
    }
    if (state == State.ACTIVE) {
      views.forget();
      holdsLocks = false;
      owner.releaseRows();
      share.giveBack();
    }
  }

  @Override
  public void commit() {
    checkActive();
    try {
      if (!writes.isEmpty() || !loads.isEmpty()) {
        gaps.handDown(true);
        views.dropChecking();
        new CommitParts(writes, loads).commit(store, options);
      }
      state = State.COMMITTED;
    } finally {
      end();
    }
  }

  /** Commits a prepared branch. Unlike {@link #commit}, a failure leaves it as it was, with its writes and locks: it is still prepared. */
  void commitPrepared() {
    checkActive();
    gaps.handDown(true);
    store.commit(writes.toBatch(), options.durability());
    state = State.COMMITTED;
    end();
  }

  /** What there will be when this transaction has ended, as far as known now. */
  Reader outcome(boolean commits) {
    return gaps.outcome(commits);
  }

  @Override
  public void rollback() {
    if (state == State.ACTIVE) {
      gaps.handDown(false);
    }
    if (state == State.ACTIVE || state == State.ROLLED_BACK) {
      end();
    }
  }

  /** What must be durable to carry this transaction through a restart. */
  PreparedImage image() {
    checkActive();
    if (writes.isSpilled() || !loads.isEmpty()) {
      // A branch's writes are stored as one value.
      throw WriteSet.tooLarge();
    }
    return new PreparedImage(owner.transactionMetadata(), writes.toBatch().changes());
  }

  /** Leaves the session: the returned transaction has the writes and, in an owner of its own, the locks. */
  StoreTransaction detach(long ownerId, OwnerInfo info) {
    checkActive();
    LockOwner heir = owner.detachTransaction(ownerId, info);
    StoreTransaction detached =
        new StoreTransaction(store, options.withOwner(heir), memory, writes);
    detached.holdsLocks = holdsLocks;
    share.moveTo(detached.share);
    state = State.DETACHED;
    views.drop();
    owner.releaseStatement();
    return detached;
  }

  /** Makes the writes of a prepared transaction again and locks what they touch, before anybody else runs. */
  void restore(PreparedImage image) {
    for (HeldMetadata held : image.metadata()) {
      owner.acquireMetadata(held.target(), held.mode(), LockDuration.TRANSACTION, () -> 0);
    }
    for (WriteBatch.Change change : image.changes()) {
      switch (change) {
        case WriteBatch.Put put -> {
          lockInsert(put.tree(), put.key(), null);
          put(put.tree(), put.key(), put.value());
        }
        case WriteBatch.Delete delete -> {
          lockRecord(delete.tree(), delete.key(), RecordLockMode.X_RECORD, LockWait.WAIT);
          delete(delete.tree(), delete.key());
        }
        case WriteBatch.DeleteRange range -> clearTree(range.tree());
      }
    }
  }

  private void end() {
    if (state == State.ACTIVE) {
      state = State.ROLLED_BACK;
    }
    views.drop();
    writes.close();
    loads.forEach(load -> load.entries().close());
    loads = List.of();
    if (options.keepsMetadata()) {
      owner.releaseRows();
    } else {
      owner.releaseTransaction();
    }
    share.giveBack();
  }

  @Override
  public long rowChanges() {
    return writes.rowChanges();
  }

  private void checkActive() {
    if (state != State.ACTIVE) {
      throw new IllegalStateException("the transaction is " + state);
    }
  }
}
