package io.vaquita.lock;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Parks waits without a timer of their own, and wakes them when they are nearly over. Nearly all waits end by a grant long before
 * that, and a virtual thread that parks for a limited time makes the JDK's timer thread run twice, to note the limit and to forget it
 * (measured on two cores, two threads in turn: 1.8 µs of CPU a hand-over, without limit 0.4 µs). So one thread looks at all waits ten
 * times a second, while there are any.
 *
 * <p>Thread-safe. The thread is started by the first wait and ends some seconds after the last.
 */
final class WaitTimer {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Waits with less left park by a timer of their own, to be exact; more than two ticks, so that a tick always comes before. */
  private static final long EXACT_NANOS = 3 * TICK_NANOS;

  private static final int TICKS_WITHOUT_WAITS = 20;

  private final Environment environment;
  private final Clock clock;
  private final Set<Wait> waits;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();
  private volatile boolean isClosed;

  WaitTimer(Environment environment, Set<Wait> waits) {
    this.environment = environment;
    this.clock = environment.clock();
    this.waits = waits;
  }

  /** Parks the thread of a wait that is among the waits already, for so long at most; may return earlier, as parking may. */
  void park(long leftNanos) {
    if (leftNanos <= EXACT_NANOS || isClosed || !Thread.currentThread().isVirtual()) {
      LockSupport.parkNanos(this, leftNanos);
      return;
    }
    if (running.get() == null) {
      start();
    }
    LockSupport.park(this);
  }

  private synchronized void start() {
    if (running.get() == null) {
      running.set(environment.threads().startPlatform("vaquita-lock-waits", this::run));
    }
  }

  private void run() {
    try {
      int ticksWithoutWaits = 0;
      while (!isClosed && (ticksWithoutWaits < TICKS_WITHOUT_WAITS || !stop())) {
        LockSupport.parkNanos(this, TICK_NANOS);
        ticksWithoutWaits = waits.isEmpty() ? ticksWithoutWaits + 1 : 0;
        wakeThoseNearTheirEnd();
      }
    } finally {
      // also when memory ran out: whoever is woken now starts another thread, or has a timer of its
      // own
      if (running.compareAndSet(Thread.currentThread(), null)) {
        wakeAll();
      }
    }
  }

  private void wakeAll() {
    for (Wait wait : waits) {
      LockSupport.unpark(wait.thread);
    }
  }

  /** Whether the thread may end. A wait that begins meanwhile is seen here, or sees that nothing runs. */
  private synchronized boolean stop() {
    running.set(null);
    if (waits.isEmpty()) {
      return true;
    }
    running.set(Thread.currentThread());
    return false;
  }

  private void wakeThoseNearTheirEnd() {
    long now = clock.monotonicNanos();
    for (Wait wait : waits) {
      long deadline = wait.deadlineNanos;
      boolean isNear = deadline != Long.MAX_VALUE && deadline - now <= EXACT_NANOS;
      if (isNear || wait.owner.waiting().executionNanosLeft(now) <= EXACT_NANOS) {
        LockSupport.unpark(wait.thread);
      }
    }
  }

  /** Ends the thread; waits that are there, and those to come, use timers of their own. */
  void close() {
    isClosed = true;
    Thread thread = running.get();
    if (thread != null) {
      LockSupport.unpark(thread);
    }
    wakeAll();
  }
}
