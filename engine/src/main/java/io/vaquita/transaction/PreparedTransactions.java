package io.vaquita.transaction;

import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Store;
import io.vaquita.store.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The branches of distributed transactions that this database knows: names in use by sessions, and prepared branches, which belong to
 * no session any more and survive restarts with their writes and locks. Thread-safe.
 *
 * <p>Preparing writes the branch's changes under its XID into a tree of their own; committing applies them and removes that record in
 * one batch, so whatever happens a branch is prepared or finished, never both or neither.
 */
public final class PreparedTransactions {
  private static final String PREPARED_OWNER = "(XA PREPARED)";

  private final Store store;
  private final LockTable locks;
  private final TransactionMemory memory;

  /** Guarded by this; null while a session has the branch or somebody finishes it. */
  private final Map<Xid, @Nullable StoreTransaction> branches = new HashMap<>();

  PreparedTransactions(Store store, LockTable locks, TransactionMemory memory) {
    this.memory = memory;
    this.store = store;
    this.locks = locks;
    Cursor cursor = store.snapshot().cursor(SystemTrees.PREPARED);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      restore(keyOf(cursor), valueOf(cursor));
    }
  }

  private static byte[] keyOf(Cursor cursor) {
    int from = cursor.keyOffset();
    return Arrays.copyOfRange(cursor.keyArray(), from, from + cursor.keyLength());
  }

  private static byte[] valueOf(Cursor cursor) {
    int from = cursor.valueOffset();
    return Arrays.copyOfRange(cursor.valueArray(), from, from + cursor.valueLength());
  }

  /** Gives a branch its writes and exclusive locks back. Nobody else runs yet, so nothing waits. */
  private void restore(byte[] key, byte[] value) {
    PreparedImage image = PreparedImage.ofBytes(value);
    LockOwner owner = locks.newOwner(0, OwnerInfo.internal(PREPARED_OWNER));
    StoreTransaction transaction =
        new StoreTransaction(store, TransactionOptions.of(owner), memory);
    transaction.restore(image);
    branches.put(Xid.ofKey(key), transaction);
  }

  /** XA RECOVER. */
  public synchronized List<Xid> prepared() {
    return branches.entrySet().stream()
        .filter(branch -> branch.getValue() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The trees as each prepared branch will leave them, when it commits and when it is rolled back: a row that it deletes is still there and may
   * stay. For the start, before sessions finish branches.
   */
  public synchronized List<Reader> outcomes() {
    List<Reader> outcomes = new ArrayList<>();
    for (StoreTransaction branch : branches.values()) {
      if (branch != null) {
        outcomes.add(branch.outcome(true));
        outcomes.add(branch.outcome(false));
      }
    }
    return outcomes;
  }

  /** A session starts a branch. */
  synchronized void reserve(Xid xid) {
    if (branches.containsKey(xid)) {
      throw MySqlError.ER_XAER_DUPID.exception();
    }
    branches.put(xid, null);
  }

  synchronized void forget(Xid xid) {
    branches.remove(xid);
  }

  /** Makes the branch's writes durable and takes it over from its session. */
  void prepare(Xid xid, StoreTransaction transaction) {
    WriteBatch batch = new WriteBatch();
    batch.put(SystemTrees.PREPARED, xid.toKey(), transaction.image().toBytes());
    store.commit(batch, CommitDurability.SYNCED);
    StoreTransaction detached = transaction.detach(0, OwnerInfo.internal(PREPARED_OWNER));
    synchronized (this) {
      branches.put(xid, detached);
    }
  }

  /** XA COMMIT of a prepared branch, by any session. 1397 when there is none. */
  public void commit(Xid xid) {
    finish(xid, true);
  }

  /** XA ROLLBACK of a prepared branch, by any session. 1397 when there is none. */
  public void rollback(Xid xid) {
    finish(xid, false);
  }

  private void finish(Xid xid, boolean commits) {
    StoreTransaction transaction;
    synchronized (this) {
      transaction = branches.get(xid);
      if (transaction == null) {
        throw MySqlError.ER_XAER_NOTA.exception();
      }
      branches.put(xid, null);
    }
    boolean finished = false;
    try {
      if (!commits) {
        WriteBatch batch = new WriteBatch();
        batch.delete(SystemTrees.PREPARED, xid.toKey());
        store.commit(batch, CommitDurability.SYNCED);
        transaction.rollback();
      } else {
        transaction.delete(SystemTrees.PREPARED, xid.toKey());
        transaction.commitPrepared();
      }
      finished = true;
    } finally {
      synchronized (this) {
        if (finished) {
          branches.remove(xid);
        } else {
          branches.put(xid, transaction);
        }
      }
    }
  }
}
