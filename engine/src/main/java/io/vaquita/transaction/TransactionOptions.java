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
 * @param keepsMetadata its end leaves the owner's metadata locks, which whoever began it releases: DDL publishes definitions first
 */
public record TransactionOptions(
    IsolationLevel isolationLevel,
    boolean readOnly,
    boolean withConsistentSnapshot,
    CommitDurability durability,
    LockOwner owner,
    LongSupplier lockWaitTimeoutMillis,
    @Nullable TemporaryStore temporary,
    CommitPatience patience,
    boolean keepsMetadata) {

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
        CommitPatience.endless(),
        false);
  }

  private TransactionOptions with(
      IsolationLevel level, boolean isReadOnly, boolean atStart, CommitDurability asDurable) {
    return new TransactionOptions(
        level,
        isReadOnly,
        atStart,
        asDurable,
        owner,
        lockWaitTimeoutMillis,
        temporary,
        patience,
        keepsMetadata);
  }

  private TransactionOptions with(
      LockOwner whose, @Nullable TemporaryStore tables, CommitPatience commits, boolean keeps) {
    return new TransactionOptions(
        isolationLevel,
        readOnly,
        withConsistentSnapshot,
        durability,
        whose,
        lockWaitTimeoutMillis,
        tables,
        commits,
        keeps);
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
    return with(other, temporary, patience, keepsMetadata);
  }

  public TransactionOptions withSession(TemporaryStore tables, CommitPatience commits) {
    return with(owner, tables, commits, keepsMetadata);
  }

  public TransactionOptions withMetadataKept() {
    return with(owner, temporary, patience, true);
  }
}
