package io.vaquita.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when somebody waits for the turn of a commit: others' commits, one that is larger than memory or a checkpoint that must make room
 * first, may keep it waiting for long. A commit that was withdrawn has left nothing; one whose turn has come is waited for, since nobody
 * could say what became of it. One object serves one session, for one commit at a time. Thread-safe.
 */
public final class CommitPatience {
  /** Waits for as long as it takes. */
  public static CommitPatience endless() {
    return new CommitPatience(() -> {}, () -> Long.MAX_VALUE);
  }

  /** Waits that are longer than this are not timed. */
  private static final long TIMED_MILLIS_MAX = TimeUnit.DAYS.toMillis(1);

  private final Runnable check;
  private final LongSupplier timeoutMillis;
  private volatile @Nullable Thread waiting;

  /**
   * @param check throws when the commit is not wanted any more; asked by any thread
   * @param timeoutMillis asked when a wait begins
   */
  public CommitPatience(Runnable check, LongSupplier timeoutMillis) {
    this.check = check;
    this.timeoutMillis = timeoutMillis;
  }

  /** Whoever makes {@code check} throw calls this afterwards. */
  public void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** The calling thread begins to wait; returns when it will have waited too long, in nanoseconds from now, or a negative number: never. */
  long begin() {
    waiting = Thread.currentThread();
    long millis = timeoutMillis.getAsLong();
    return millis > TIMED_MILLIS_MAX ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  void end() {
    waiting = null;
  }

  void check() {
    check.run();
  }
}
