package io.vaquita.lock;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one wait that an owner may be in, and what ends it from outside. Waiting is the session's thread's; {@link #interrupt} and the
 * questions are for any thread.
 */
final class OwnerWait {
  private final LockTable table;

  private volatile @Nullable Wait current;

  /** Written with this object's monitor held. */
  private volatile Interruption interruption = Interruption.NONE;

  private volatile long executionDeadlineNanos = Long.MAX_VALUE;
  private @Nullable LockFailure lastFailure;

  OwnerWait(LockTable table) {
    this.table = table;
  }

  /** With the shard's monitor held: from now on searches find the wait. */
  void begin(Wait wait) {
    current = wait;
  }

  void end(@Nullable LockFailure failure) {
    current = null;
    lastFailure = failure;
  }

  @Nullable Wait current() {
    return current;
  }

  @Nullable LockFailure lastFailure() {
    return lastFailure;
  }

  /** Returns true; throws when the wait ends otherwise. */
  boolean untilGranted(Wait wait, long timeoutMillis) {
    Wait.State outcome = table.await(wait, timeoutMillis);
    if (outcome != Wait.State.GRANTED) {
      throw errorOf(wait, outcome);
    }
    return true;
  }

  /** The lock, or null after a timeout; other failures throw. For user-level locks. */
  @Nullable Lock unlessTimeout(Wait wait, long timeoutMillis) {
    Wait.State outcome = table.await(wait, timeoutMillis);
    if (outcome == Wait.State.TIMEOUT) {
      return null;
    }
    if (outcome != Wait.State.GRANTED) {
      throw errorOf(wait, outcome);
    }
    return wait.grantedLock;
  }

  private DatabaseException errorOf(Wait wait, Wait.State outcome) {
    return switch (outcome) {
      case DEADLOCK ->
          isForUserLock(wait)
              ? MySqlError.ER_USER_LOCK_DEADLOCK.exception()
              : MySqlError.ER_LOCK_DEADLOCK.exception();
      case TIMEOUT -> MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
      case INTERRUPTED -> interruption.error().exception();
      case WAITING, GRANTED -> throw new IllegalStateException("not a failure: " + outcome);
    };
  }

  private static boolean isForUserLock(Wait wait) {
    return wait.queue.target() instanceof MetadataTarget name
        && name.scope() == MetadataScope.USER_LEVEL_LOCK;
  }

  /** As {@link LockOwner#interrupt}. */
  void interrupt(Interruption why) {
    synchronized (this) {
      if (why.compareTo(interruption) > 0) {
        interruption = why;
      }
    }
    Wait wait = current;
    if (wait != null) {
      LockSupport.unpark(wait.thread);
    }
  }

  /** As {@link LockOwner#beginStatement}. */
  void beginStatement() {
    synchronized (this) {
      if (interruption.endsWithStatement()) {
        interruption = Interruption.NONE;
      }
    }
    executionDeadlineNanos = Long.MAX_VALUE;
    lastFailure = null;
  }

  void executionDeadline(long monotonicNanos) {
    executionDeadlineNanos = monotonicNanos;
  }

  long executionNanosLeft(long now) {
    long deadline = executionDeadlineNanos;
    return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - now;
  }

  Interruption interruption() {
    return interruption;
  }

  /** As {@link LockOwner#isBlocked}. */
  boolean isBlocked() {
    Wait wait = current;
    return wait != null && wait.settled && wait.isWaiting() && interruption == Interruption.NONE;
  }
}
