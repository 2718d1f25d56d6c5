package io.vaquita.lock;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Where waiting threads park, and the list of them. Thread-safe. */
final class WaitRoom {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Watchers look again now and then at what nobody tells them of. */
  private static final long LOOK_AGAIN_MILLIS = 2;

  /** Watchers wait in real time, whatever the engine's clock. */
  private static final Clock WATCH_CLOCK = Environment.system().clock();

  private final Clock clock;
  private final WaitForGraph graph;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final WaitTimer timer;

  private final Object watch = new Object();
  private final AtomicInteger watchers = new AtomicInteger();

  private final LongAdder rowWaits = new LongAdder();
  private final LongAdder rowWaitNanos = new LongAdder();
  private final LongAccumulator rowWaitNanosMax = new LongAccumulator(Math::max, 0);
  private final LongAdder metadataWaits = new LongAdder();
  private final LongAdder timeouts = new LongAdder();

  WaitRoom(Environment environment, WaitForGraph graph) {
    clock = environment.clock();
    timer = new WaitTimer(environment, waits);
    this.graph = graph;
  }

  /** Parks until the wait's state is decided; decides it itself on timeout and interruption. */
  Wait.State await(Wait wait, long timeoutMillis) {
    LockWaitEvent event = new LockWaitEvent();
    event.begin();
    (wait.isForRows() ? rowWaits : metadataWaits).increment();
    waits.add(wait);
    try {
      if (wait.owner.waiting().interruption() != Interruption.NONE) {
        wait.end(Wait.State.INTERRUPTED);
      }
      graph.breakCycles(wait);
      wait.settled = true;
      if (watchers.get() > 0) {
        nudge();
      }
      park(wait, deadline(wait.startedNanos, timeoutMillis));
    } finally {
      waits.remove(wait);
    }
    Wait.State outcome = wait.state();
    count(wait, outcome);
    if (event.shouldCommit()) {
      event.describe(wait, outcome);
      event.commit();
    }
    return outcome;
  }

  private static long deadline(long now, long timeoutMillis) {
    boolean endless = timeoutMillis < 0 || timeoutMillis > Long.MAX_VALUE / 4 / NANOS_PER_MILLI;
    return endless ? Long.MAX_VALUE : now + timeoutMillis * NANOS_PER_MILLI;
  }

  private void park(Wait wait, long deadlineNanos) {
    LockOwner owner = wait.owner;
    wait.deadlineNanos = deadlineNanos;
    boolean threadInterrupted = false;
    while (wait.isWaiting()) {
      long now = clock.monotonicNanos();
      long executionLeft = owner.waiting().executionNanosLeft(now);
      long left = deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - now;
      if (Thread.interrupted()) {
        threadInterrupted = true;
        owner.interrupt(Interruption.KILL_QUERY);
      }
      if (owner.waiting().interruption() != Interruption.NONE) {
        wait.end(Wait.State.INTERRUPTED);
      } else if (executionLeft <= 0 && executionLeft <= left) {
        owner.interrupt(Interruption.EXECUTION_TIME);
      } else if (left <= 0) {
        wait.end(Wait.State.TIMEOUT);
      } else {
        timer.park(Math.min(left, executionLeft));
      }
    }
    if (threadInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(Wait wait, Wait.State outcome) {
    if (wait.isForRows()) {
      long waited = clock.monotonicNanos() - wait.startedNanos;
      rowWaitNanos.add(waited);
      rowWaitNanosMax.accumulate(waited);
    }
    if (outcome == Wait.State.TIMEOUT) {
      timeouts.increment();
    }
  }

  LockStatistics statistics() {
    long rowWaitsNow = waits.stream().filter(Wait::isForRows).count();
    return new LockStatistics(
        rowWaitsNow,
        rowWaits.sum(),
        rowWaitNanos.sum() / NANOS_PER_MILLI,
        rowWaitNanosMax.get() / NANOS_PER_MILLI,
        metadataWaits.sum(),
        timeouts.sum());
  }

  /** The longest first. */
  List<Wait> waiting() {
    return waits.stream().sorted(Comparator.comparingLong((Wait wait) -> wait.ticket)).toList();
  }

  void close() {
    timer.close();
  }

  void wakeAll() {
    for (Wait wait : waits) {
      LockSupport.unpark(wait.thread);
    }
  }

  boolean awaitBlocked(LockOwner owner, BooleanSupplier otherwise, long timeoutMillis) {
    long deadline = WATCH_CLOCK.monotonicNanos() + timeoutMillis * NANOS_PER_MILLI;
    watchers.incrementAndGet();
    try {
      synchronized (watch) {
        while (!owner.isBlocked()) {
          long left = (deadline - WATCH_CLOCK.monotonicNanos()) / NANOS_PER_MILLI;
          if (otherwise.getAsBoolean() || left <= 0) {
            return owner.isBlocked();
          }
          watch.wait(Math.min(left, LOOK_AGAIN_MILLIS));
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return owner.isBlocked();
    } finally {
      watchers.decrementAndGet();
    }
  }

  void nudge() {
    synchronized (watch) {
      watch.notifyAll();
    }
  }
}
