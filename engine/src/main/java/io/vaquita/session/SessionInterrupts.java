package io.vaquita.session;

import io.vaquita.environment.Clock;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.Interruption;
import io.vaquita.lock.LockOwner;
import io.vaquita.store.CommitPatience;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** KILL QUERY and KILL of one session, and its sleeps and commits' waits, which they end. Thread-safe; {@link #beginStatement} is the session's thread's. */
final class SessionInterrupts {
  private final Clock clock;
  private final LockOwner owner;
  private volatile boolean cancelled;
  private volatile boolean killed;

  /** Wakes a SLEEP(). */
  private final ReentrantLock wake = new ReentrantLock();

  private final Condition woken = wake.newCondition();

  private final CommitPatience commitPatience;

  /** {@code commitWaitMillis}: how long a commit may wait for its turn; asked when it begins to. */
  SessionInterrupts(Clock clock, LockOwner owner, LongSupplier commitWaitMillis) {
    this.clock = clock;
    this.owner = owner;
    this.commitPatience = new CommitPatience(this::throwIfInterrupted, commitWaitMillis);
  }

  /** Until when the session's commits wait. */
  CommitPatience commitPatience() {
    return commitPatience;
  }

  private void throwIfInterrupted() {
    if (isInterrupted()) {
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }
  }

  /** Forgets a KILL QUERY that came while nothing ran. */
  void beginStatement() {
    cancelled = false;
    owner.beginStatement();
  }

  boolean isInterrupted() {
    return cancelled || killed;
  }

  boolean isKilled() {
    return killed;
  }

  void cancel() {
    cancelled = true;
    owner.interrupt(Interruption.KILL_QUERY);
    wakeUp();
  }

  void kill() {
    killed = true;
    owner.interrupt(Interruption.KILL_CONNECTION);
    wakeUp();
  }

  private void wakeUp() {
    commitPatience.wake();
    wake.lock();
    try {
      woken.signalAll();
    } finally {
      wake.unlock();
    }
  }

  /**
   * Parks until the time or an interruption.
   *
   * @param deadlineNanos an earlier end; 0: none
   * @return false when the thread itself was interrupted
   */
  boolean sleep(long micros, long deadlineNanos) {
    long end = clock.monotonicNanos() + micros * 1000;
    if (deadlineNanos != 0 && deadlineNanos - end < 0) {
      end = deadlineNanos;
    }
    wake.lock();
    try {
      long left = end - clock.monotonicNanos();
      while (left > 0 && !isInterrupted()) {
        left = woken.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      wake.unlock();
    }
  }
}
