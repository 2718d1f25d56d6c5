package io.vaquita.transaction;

import io.vaquita.lock.LockOwner;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.CommitPatience;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction begins. Immutable.
 *
 * @param withConsistentSnapshot START TRANSACTION WITH CONSISTENT SNAPSHOT: makes the read view at once; REPEATABLE READ and
 *     SERIALIZABLE only, without effect at the other levels
 * @param owner the session in the lock table; holds nothing until the first lock
 * @param lockWaitTimeoutMillis innodb_lock_wait_timeout; asked when a wait begins
 * @param temporary the session's temporary tables; null: none may be touched
 * @param patience until when its commit waits for its turn
 */
public record TransactionOptions(
    IsolationLevel isolationLevel,
    boolean readOnly,
    boolean withConsistentSnapshot,
    CommitDurability durability,
    LockOwner owner,
    LongSupplier lockWaitTimeoutMillis,
    @Nullable TemporaryStore temporary,
    CommitPatience patience) {

  /** REPEATABLE READ, read and write, synced at commit, 50 seconds of lock wait, no temporary tables. */
  public static TransactionOptions of(LockOwner owner) {
    return new TransactionOptions(
        IsolationLevel.REPEATABLE_READ,
        false,
        false,
        CommitDurability.SYNCED,
        owner,
        () -> 50_000,
        null,
        CommitPatience.endless());
  }

  private TransactionOptions with(
      IsolationLevel level, boolean isReadOnly, boolean atStart, CommitDurability asDurable) {
    return new TransactionOptions(
        level, isReadOnly, atStart, asDurable, owner, lockWaitTimeoutMillis, temporary, patience);
  }

  public TransactionOptions withIsolation(IsolationLevel level) {
    return with(level, readOnly, withConsistentSnapshot, durability);
  }

  public TransactionOptions withReadOnly() {
    return with(isolationLevel, true, withConsistentSnapshot, durability);
  }

  public TransactionOptions withSnapshotAtStart() {
    return with(isolationLevel, readOnly, true, durability);
  }

  public TransactionOptions withDurability(CommitDurability level) {
    return with(isolationLevel, readOnly, withConsistentSnapshot, level);
  }

  TransactionOptions withOwner(LockOwner other) {
    return new TransactionOptions(
        isolationLevel,
        readOnly,
        withConsistentSnapshot,
        durability,
        other,
        lockWaitTimeoutMillis,
        temporary,
        patience);
  }

  public TransactionOptions withSession(TemporaryStore tables, CommitPatience commits) {
    return new TransactionOptions(
        isolationLevel,
        readOnly,
        withConsistentSnapshot,
        durability,
        owner,
        lockWaitTimeoutMillis,
        tables,
        commits);
  }
}
