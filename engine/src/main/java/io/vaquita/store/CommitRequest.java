package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A commit on its way. Its outcome is written by whoever has the writer's turn and read by the waiter after {@code isDone}; whether it
 * is in a group or withdrawn is decided once, by anybody.
 */
final class CommitRequest {
  /** Changes that are in memory, and their log record. */
  record Whole(WriteBatch batch, EncodedCommit encoded) {}

  /** Null: the changes are many, so they get a group of their own. */
  final @Nullable Whole whole;

  final ChangeStream changes;
  final boolean isSynced;
  private final Thread waiter = Thread.currentThread();
  private long position;
  private @Nullable RuntimeException failure;
  private volatile boolean isDone;
  private final AtomicBoolean isTaken = new AtomicBoolean();

  private CommitRequest(@Nullable Whole whole, ChangeStream changes, boolean isSynced) {
    this.whole = whole;
    this.changes = changes;
    this.isSynced = isSynced;
  }

  static CommitRequest whole(WriteBatch batch, EncodedCommit encoded, boolean isSynced) {
    return new CommitRequest(new Whole(batch, encoded), ChangeStream.of(batch), isSynced);
  }

  static CommitRequest large(ChangeStream changes) {
    return new CommitRequest(null, changes, true);
  }

  boolean isLarge() {
    return whole == null;
  }

  Whole whole() {
    Whole w = whole;
    if (w == null) {
      throw new IllegalStateException("a large commit in a group");
    }
    return w;
  }

  /** Whether the caller, who makes a group, may have it: not when it was withdrawn. */
  boolean take() {
    return isTaken.compareAndSet(false, true);
  }

  /** Withdraws it when nobody wants it any more and its turn has not come, and throws why. */
  void check(CommitPatience patience, boolean isLate) {
    if (isTaken.get()) {
      return;
    }
    try {
      patience.check();
      if (isLate) {
        throw MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
      }
    } catch (DatabaseException e) {
      if (take()) {
        throw e;
      }
    }
  }

  boolean isDone() {
    return isDone;
  }

  /** What came of it, for the waiter: its position in the log, or an exception. */
  long outcome() {
    RuntimeException e = failure;
    if (e != null) {
      throw e;
    }
    return position;
  }

  void logged(long at) {
    position = at;
  }

  void fail(RuntimeException e) {
    if (!isDone) {
      failure = e;
      tell();
    }
  }

  void tell() {
    isDone = true;
    // A permit for oneself would end some later wait too early.
    if (waiter != Thread.currentThread()) {
      LockSupport.unpark(waiter);
    }
  }
}
