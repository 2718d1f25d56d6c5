package io.vaquita.transaction;

import io.vaquita.lock.LockOwner;
import io.vaquita.store.CommitDurability;
import java.util.function.LongSupplier;

/**
 * How a transaction begins. Immutable.
 *
 * @param withConsistentSnapshot START TRANSACTION WITH CONSISTENT SNAPSHOT: makes the read view at once; REPEATABLE READ and
 *     SERIALIZABLE only, without effect at the other levels
 * @param owner the session in the lock table; holds nothing until the first lock
 * @param lockWaitTimeoutMillis innodb_lock_wait_timeout; asked when a wait begins
 */
public record TransactionOptions(
    IsolationLevel isolationLevel,
    boolean readOnly,
    boolean withConsistentSnapshot,
    CommitDurability durability,
    LockOwner owner,
    LongSupplier lockWaitTimeoutMillis) {

  /** REPEATABLE READ, read and write, synced at commit, 50 seconds of lock wait. */
  public static TransactionOptions of(LockOwner owner) {
    return new TransactionOptions(
        IsolationLevel.REPEATABLE_READ, false, false, CommitDurability.SYNCED, owner, () -> 50_000);
  }

  public TransactionOptions withIsolation(IsolationLevel level) {
    return new TransactionOptions(
        level, readOnly, withConsistentSnapshot, durability, owner, lockWaitTimeoutMillis);
  }

  public TransactionOptions withReadOnly() {
    return new TransactionOptions(
        isolationLevel, true, withConsistentSnapshot, durability, owner, lockWaitTimeoutMillis);
  }

  public TransactionOptions withSnapshotAtStart() {
    return new TransactionOptions(
        isolationLevel, readOnly, true, durability, owner, lockWaitTimeoutMillis);
  }

  public TransactionOptions withDurability(CommitDurability level) {
    return new TransactionOptions(
        isolationLevel, readOnly, withConsistentSnapshot, level, owner, lockWaitTimeoutMillis);
  }

  TransactionOptions withOwner(LockOwner other) {
    return new TransactionOptions(
        isolationLevel, readOnly, withConsistentSnapshot, durability, other, lockWaitTimeoutMillis);
  }
}
