package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockOwner.HeldMetadata;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitPolicy;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import java.util.Arrays;
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
  private @Nullable View consistent;
  private @Nullable View current;

  StoreTransaction(Store store, TransactionOptions options) {
    this(store, options, new WriteSet());
  }

  private StoreTransaction(Store store, TransactionOptions options, WriteSet writes) {
    this.store = store;
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
    return holdsLocks || !writes.isEmpty();
  }

  @Override
  public Reader consistentView() {
    checkActive();
    View view = consistent;
    if (view == null) {
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
  public void beginStatement() {
    if (!keepsReadView()) {
      consistent = null;
    }
  }

  @Override
  public void put(int tree, byte[] key, byte[] value) {
    checkActive();
    writes.write(tree, key, value);
  }

  @Override
  public void delete(int tree, byte[] key) {
    checkActive();
    writes.write(tree, key, null);
  }

  @Override
  public void clearTree(int tree) {
    checkActive();
    writes.clear(tree);
  }

  @Override
  public boolean lockRecord(int tree, byte @Nullable [] key, RecordLockMode mode, LockWait wait) {
    checkActive();
    holdsLocks = true;
    WaitPolicy policy = wait == LockWait.WAIT ? WaitPolicy.WAIT : WaitPolicy.TRY;
    LockMode lockMode = RECORD_MODES[mode.ordinal()];
    owner.rowsWritten(writes.writeCount());
    try {
      if (owner.acquireRecord(tree, key, lockMode, policy, options.lockWaitTimeoutMillis())) {
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

  @Override
  public void lockInsert(int tree, byte[] key, byte @Nullable [] successor) {
    checkActive();
    holdsLocks = true;
    owner.rowsWritten(writes.writeCount());
    try {
      owner.acquireInsert(tree, key, k -> atOrAfter(tree, k), options.lockWaitTimeoutMillis());
    } catch (DatabaseException e) {
      throw afterFailedWait(e);
    }
  }

  private byte @Nullable [] atOrAfter(int tree, byte[] key) {
    return keyAtOrAfter(store.snapshot().cursor(tree), key);
  }

  private static byte @Nullable [] keyAtOrAfter(Cursor cursor, byte[] key) {
    if (!cursor.seek(key)) {
      return null;
    }
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
    return owner.holdsRecord(tree, key);
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
      state = State.ROLLED_BACK;
      dropViews();
      owner.releaseRows();
    }
    return e;
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
      writes.undoTo(savepoint);
    }
  }

  @Override
  public void commit() {
    checkActive();
    try {
      if (!writes.isEmpty()) {
        owner.beginCommit();
        handDownGaps();
        store.commit(writes.toBatch(), options.durability());
      }
      state = State.COMMITTED;
    } finally {
      end();
    }
  }

  /** Gaps before keys that this commit deletes become part of the gap before the next key, and so must the locks on them. */
  private void handDownGaps() {
    for (int i = 0; i < writes.overlayCount(); i++) {
      OverlayTree overlay = writes.overlayAt(i);
      if (!overlay.hidesCommitted() && owner.hasGapLocks(overlay.tree())) {
        for (long at = overlay.first(); at >= 0; at = overlay.next(at)) {
          byte[] key = overlay.key(at);
          if (overlay.version(at).value() == null && owner.othersGuardGap(overlay.tree(), key)) {
            handDownGap(overlay.tree(), key);
          }
        }
      }
    }
  }

  /** Until the successor is still the same afterwards: other commits may insert and delete keys meanwhile. */
  private void handDownGap(int tree, byte[] deleted) {
    byte[] successor = keyAtOrAfter(currentView().cursor(tree), deleted);
    byte[] handedTo;
    do {
      handedTo = successor;
      owner.inheritGaps(tree, deleted, handedTo);
      successor = keyAtOrAfter(currentView().cursor(tree), deleted);
    } while (!Arrays.equals(handedTo, successor));
  }

  @Override
  public void rollback() {
    if (state == State.ACTIVE || state == State.ROLLED_BACK) {
      end();
    }
  }

  /** What must be durable to carry this transaction through a restart. */
  PreparedImage image() {
    checkActive();
    return new PreparedImage(owner.transactionMetadata(), writes.toBatch().changes());
  }

  /** Leaves the session: the returned transaction has the writes and, in an owner of its own, the locks. */
  StoreTransaction detach(long ownerId, OwnerInfo info) {
    checkActive();
    LockOwner heir = owner.detachTransaction(ownerId, info);
    StoreTransaction detached = new StoreTransaction(store, options.withOwner(heir), writes);
    detached.holdsLocks = holdsLocks;
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
    owner.releaseTransaction();
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
