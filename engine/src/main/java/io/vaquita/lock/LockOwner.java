package io.vaquita.lock;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session in the lock table: what holds locks and waits for one at a time. Its acquiring and releasing methods are confined to the
 * session's thread; ending its wait and reading it are for any thread.
 */
public final class LockOwner {
  private final long id;
  private final OwnerInfo info;

  LockOwner(long id, OwnerInfo info) {
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

  /**
   * Locks a record, the gap before it, or both.
   *
   * @param key null is the supremum
   * @return false only with {@link WaitPolicy#TRY} when the lock is not to be had at once
   * @throws io.vaquita.error.DatabaseException 1205, 1213, 1317, 3024, 1053
   */
  public boolean acquireRecord(
      int tree,
      byte @Nullable [] key,
      LockMode mode,
      WaitPolicy policy,
      LongSupplier timeoutMillis) {
    return true;
  }

  public void acquireTable(long tableId, LockMode mode, LongSupplier timeoutMillis) {}

  /** Gives the record part of a lock back. */
  public void releaseRecord(int tree, byte[] key) {}

  /** Releases record and table locks. */
  public void releaseRows() {}

  /** Releases record and table locks, and metadata locks of statement and transaction duration. */
  public void releaseTransaction() {}
}
