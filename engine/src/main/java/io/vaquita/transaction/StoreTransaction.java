package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockOwner.HeldMetadata;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitPolicy;
import io.vaquita.store.ChangeStream;
import io.vaquita.store.Cursor;
import io.vaquita.store.EntrySorter;
import io.vaquita.store.EntryStream;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int[] NO_TREES = {};
  private static final int LOCKS_STEP = 256;

  private final Store store;
  private final TransactionOptions options;
  private final LockOwner owner;
  private final WriteSet writes;
  private State state = State.ACTIVE;
  private boolean holdsLocks;

  /** Trees that the commit fills. */
  private List<LoadedTree> loads = List.of();

  private final TransactionMemory memory;

  /** Of the budget of record locks; never less than it holds, by up to a step. */
  private int locksTaken;

  private int escalatesAt;

  /** Trees of tables that are locked as a whole, exclusively or shared: no record of them is locked so any more. */
  private int[] exclusiveTrees = NO_TREES;

  private int[] sharedTrees = NO_TREES;

  private boolean hasRead;
  private @Nullable View consistent;
  private @Nullable View current;

  StoreTransaction(Store store, TransactionOptions options, TransactionMemory memory) {
    this(store, options, memory, new WriteSet(store, memory.writeSetBytesMax()));
  }

  private StoreTransaction(
      Store store, TransactionOptions options, TransactionMemory memory, WriteSet writes) {
    this.store = store;
    this.memory = memory;
    this.escalatesAt = memory.recordLocks().escalationLocks();
    this.writes = writes;
    this.options = options;
    this.owner = options.owner();
    if (options.withConsistentSnapshot() && keepsReadView()) {
      consistentView();
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
    return hasRead || hasChanges();
  }

  @Override
  public Reader consistentView() {
    checkActive();
    View view = consistent;
    if (view == null) {
      hasRead = true;
      view = new View(store.snapshot(), writes);
      consistent = view;
    }
    return view;
  }

  @Override
  public Reader currentView() {
    checkActive();
    Snapshot newest = store.snapshot();
    View view = current;
    if (view == null || view.snapshot().position() != newest.position()) {
      view = new View(newest, writes);
      current = view;
    }
    return view;
  }

  @Override
  public boolean keepsViewOlderThan(long position) {
    View view = consistent;
    return view != null && keepsReadView() && view.snapshot().position() < position;
  }

  @Override
  public void beginStatement() {
    if (!keepsReadView()) {
      consistent = null;
    }
  }

  @Override
  public void put(int tree, byte[] key, byte[] value) {
    checkActive();
    write(tree, key, value);
  }

  @Override
  public void delete(int tree, byte[] key) {
    checkActive();
    write(tree, key, null);
  }

  /** What cannot be kept, for want of space in memory or files, cannot be undone for certain: the transaction ends with it. */
  private void write(int tree, byte[] key, byte @Nullable [] value) {
    try {
      writes.write(tree, key, value);
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
    if (isLockedAsAWhole(tree, mode.isShared())) {
      return true;
    }
    holdsLocks = true;
    WaitPolicy policy = wait == LockWait.WAIT ? WaitPolicy.WAIT : WaitPolicy.TRY;
    LockMode lockMode = RECORD_MODES[mode.ordinal()];
    owner.rowsWritten(writes.writeCount());
    try {
      if (owner.acquireRecord(tree, key, lockMode, policy, options.lockWaitTimeoutMillis())) {
        if (lockMode.coversGap() && !writes.isEmpty()) {
          lockGapAroundOwnWrites(tree, key, lockMode);
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

  /**
   * Others know neither this transaction's inserts nor its deletions: their inserts look at the gap before the next committed entry. So a
   * gap that ends at an own insert is locked before the next committed entry as well, and where own deletions lie in the gap, before each
   * of them.
   */
  private void lockGapAroundOwnWrites(int tree, byte @Nullable [] key, LockMode mode) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return;
    }
    LockMode gap =
        mode == LockMode.S_NEXT_KEY || mode == LockMode.S_GAP ? LockMode.S_GAP : LockMode.X_GAP;
    if (key != null && overlay.get(key) != null) {
      lockGapBeforeSuccessor(tree, key, gap);
    }
    OwnEntries own = overlay.entries();
    boolean more = key == null ? own.last() : own.seekBefore(key);
    if (!more || !own.isDeletion()) {
      return;
    }
    byte[] visible = visibleBefore(tree, key);
    while (more
        && own.isDeletion()
        && (visible == null || Arrays.compareUnsigned(visible, own.key()) < 0)) {
      lockGap(tree, own.key(), gap);
      more = own.previous();
    }
  }

  /**
   * The gap before the next committed entry, and before inserts of others on the way to it: they had looked before the gap was locked, and
   * when they are committed they are what the next insert takes for its successor.
   */
  private void lockGapBeforeSuccessor(int tree, byte[] key, LockMode gap) {
    byte[] successor = atOrAfter(tree, key);
    while (!Arrays.equals(successor, key)) {
      lockGap(tree, successor, gap);
      byte[] insert = owner.uncommittedInsertFrom(tree, key, successor);
      while (insert != null) {
        lockGap(tree, insert, gap);
        byte[] again = owner.uncommittedInsertFrom(tree, key, successor);
        insert = Arrays.equals(again, insert) ? null : again;
      }
      byte[] before = successor;
      successor = atOrAfter(tree, key);
      if (Arrays.equals(before, successor)) {
        return;
      }
    }
  }

  /** {@code shared}: whether a shared lock is enough. */
  private boolean isLockedAsAWhole(int tree, boolean shared) {
    return contains(exclusiveTrees, tree) || (shared && contains(sharedTrees, tree));
  }

  private static boolean contains(int[] trees, int tree) {
    for (int locked : trees) {
      if (locked == tree) {
        return true;
      }
    }
    return false;
  }

  /** As in InnoDB, a transaction that fills the memory for locks is rolled back as a whole. */
  private void countLocks() {
    if (owner.recordLocks() > locksTaken) {
      try {
        memory.recordLocks().take(LOCKS_STEP);
        locksTaken += LOCKS_STEP;
      } catch (DatabaseException e) {
        rollBackEarly();
        throw e;
      }
    }
  }

  @Override
  public boolean hasManyRecordLocks() {
    return owner.recordLocks() >= escalatesAt;
  }

  @Override
  public void lockTableInstead(long tableId, int[] trees, boolean exclusive) {
    checkActive();
    // Where others are in the table now, the next time to ask is when there are a good many more.
    escalatesAt += memory.recordLocks().escalationLocks() / 4 + 1;
    if (!isLockedAsAWhole(trees[0], !exclusive)
        && owner.tryTable(tableId, exclusive ? LockMode.TABLE_X : LockMode.TABLE_S)) {
      if (exclusive) {
        exclusiveTrees = concat(exclusiveTrees, trees);
      } else {
        sharedTrees = concat(sharedTrees, trees);
      }
    }
  }

  private static int[] concat(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private void lockGap(int tree, byte @Nullable [] key, LockMode gap) {
    owner.acquireRecord(tree, key, gap, WaitPolicy.WAIT, options.lockWaitTimeoutMillis());
  }

  private byte @Nullable [] visibleBefore(int tree, byte @Nullable [] key) {
    Cursor cursor = currentView().cursor(tree);
    boolean there = key == null ? cursor.last() : cursor.seekBefore(key);
    if (there && key != null && Arrays.equals(keyOf(cursor), key)) {
      there = cursor.previous();
    }
    return there ? keyOf(cursor) : null;
  }

  @Override
  public void lockRangeEnd(
      int tree, byte @Nullable [] end, byte @Nullable [] beyond, RecordLockMode mode) {
    lockRecord(tree, beyond, mode, LockWait.WAIT);
    if (end == null || isLockedAsAWhole(tree, mode.isShared())) {
      return;
    }
    boolean shared = mode == RecordLockMode.S_GAP || mode == RecordLockMode.S_NEXT_KEY;
    RecordLockMode gap = shared ? RecordLockMode.S_GAP : RecordLockMode.X_GAP;
    byte[] insert = owner.uncommittedInsertFrom(tree, end, beyond);
    while (insert != null) {
      lockRecord(tree, insert, gap, LockWait.WAIT);
      byte[] again = owner.uncommittedInsertFrom(tree, end, beyond);
      insert = Arrays.equals(again, insert) ? null : again;
    }
  }

  @Override
  public void lockChange(int tree, byte[] key) {
    checkActive();
    if (isLockedAsAWhole(tree, false)) {
      return;
    }
    holdsLocks = true;
    owner.rowsWritten(writes.writeCount());
    try {
      owner.acquireChange(tree, key, options.lockWaitTimeoutMillis());
      countLocks();
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  @Override
  public void lockInsert(int tree, byte[] key, byte @Nullable [] successor) {
    checkActive();
    if (isLockedAsAWhole(tree, false)) {
      return;
    }
    holdsLocks = true;
    owner.rowsWritten(writes.writeCount());
    try {
      owner.acquireInsert(tree, key, k -> atOrAfter(tree, k), options.lockWaitTimeoutMillis());
      countLocks();
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  @Override
  public void unlockInsert(int tree, byte[] key) {
    if (!isLockedAsAWhole(tree, false)) {
      owner.releaseInsert(tree, key);
    }
  }

  private byte @Nullable [] atOrAfter(int tree, byte[] key) {
    return keyAtOrAfter(store.snapshot().cursor(tree), key);
  }

  private static byte @Nullable [] keyAtOrAfter(Cursor cursor, byte[] key) {
    return cursor.seek(key) ? keyOf(cursor) : null;
  }

  private static byte[] keyOf(Cursor cursor) {
    int from = cursor.keyOffset();
    return Arrays.copyOfRange(cursor.keyArray(), from, from + cursor.keyLength());
  }

  @Override
  public byte @Nullable [] uncommittedInsert(
      int tree, byte @Nullable [] after, byte @Nullable [] before) {
    return owner.uncommittedInsert(tree, after, before);
  }

  @Override
  public long committedPosition() {
    return store.position();
  }

  @Override
  public boolean holdsRecordLock(int tree, byte[] key) {
    return isLockedAsAWhole(tree, true) || owner.holdsRecord(tree, key);
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
    dropViews();
    handDownGaps(false);
    owner.releaseRows();
    giveLocksBack();
  }

  private void giveLocksBack() {
    memory.recordLocks().giveBack(locksTaken);
    locksTaken = 0;
    exclusiveTrees = NO_TREES;
    sharedTrees = NO_TREES;
  }

  @Override
  public void unlockRecord(int tree, byte[] key) {
    owner.releaseRecord(tree, key);
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
  public void commit() {
    checkActive();
    try {
      if (!writes.isEmpty() || !loads.isEmpty()) {
        handDownGaps(true);
        if (writes.isSpilled() || !loads.isEmpty()) {
          List<ChangeStream> parts = new ArrayList<>(loads);
          parts.addFirst(writes.changes());
          store.commit(ChangeStream.concat(parts));
        } else {
          store.commit(writes.toBatch(), options.durability());
        }
      }
      state = State.COMMITTED;
    } finally {
      end();
    }
  }

  /** Commits a prepared branch. Unlike {@link #commit}, a failure leaves it as it was, with its writes and locks: it is still prepared. */
  void commitPrepared() {
    checkActive();
    handDownGaps(true);
    store.commit(writes.toBatch(), options.durability());
    state = State.COMMITTED;
    end();
  }

  /**
   * Gaps before keys that go away with this transaction's end, deleted ones or inserts that are not to be, become part of the gap before
   * the next key, and so must the locks of others on them.
   */
  private void handDownGaps(boolean commits) {
    owner.beginEnd();
    owner.forEachInsertInGuardedGap((tree, key) -> handDownGap(tree, key, commits));
    if (!commits) {
      return;
    }
    for (Overlay overlay : writes.overlays()) {
      if (!overlay.hidesCommitted() && owner.hasGapLocks(overlay.tree())) {
        handDownDeleted(overlay);
      }
    }
  }

  private void handDownDeleted(Overlay overlay) {
    OwnEntries own = overlay.entries();
    for (boolean more = own.first(); more; more = own.next()) {
      if (own.isDeletion() && owner.othersGuardGap(overlay.tree(), own.key())) {
        handDownGap(overlay.tree(), own.key(), true);
      }
    }
  }

  /** Until the successor is still the same afterwards: other commits may insert and delete keys meanwhile. */
  private void handDownGap(int tree, byte[] key, boolean commits) {
    byte[] successor = keyAtOrAfter(outcome(commits).cursor(tree), key);
    while (!Arrays.equals(key, successor)) {
      owner.inheritGaps(tree, key, successor);
      byte[] before = successor;
      successor = keyAtOrAfter(outcome(commits).cursor(tree), key);
      if (Arrays.equals(before, successor)) {
        return;
      }
    }
  }

  /** What there will be when this transaction has ended, as far as known now. */
  Reader outcome(boolean commits) {
    return new View(store.snapshot(), commits ? writes : new WriteSet());
  }

  @Override
  public void rollback() {
    if (state == State.ACTIVE) {
      handDownGaps(false);
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
    detached.locksTaken = locksTaken;
    detached.exclusiveTrees = exclusiveTrees;
    detached.sharedTrees = sharedTrees;
    locksTaken = 0;
    state = State.DETACHED;
    dropViews();
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
    dropViews();
    writes.close();
    loads.forEach(load -> load.entries().close());
    loads = List.of();
    owner.releaseTransaction();
    giveLocksBack();
  }

  private void dropViews() {
    consistent = null;
    current = null;
  }

  @Override
  public long weight() {
    return writes.writeCount();
  }

  private void checkActive() {
    if (state != State.ACTIVE) {
      throw new IllegalStateException("the transaction is " + state);
    }
  }
}
