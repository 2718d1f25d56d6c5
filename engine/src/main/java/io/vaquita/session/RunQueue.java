package io.vaquita.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.environment.Clock;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who of the CPU-bound statements may run. Virtual threads are not preempted: as many long computations as there are carriers would
 * keep every login, KILL and point select waiting until one of them ends. {@link Thread#yield} is no cure, for a thread that yields
 * goes to its carrier's own queue, and a carrier whose own queue is never empty does not look at what timers and sockets wake.
 *
 * <p>So a statement that has used up its {@linkplain #SLICE_NANOS time slice} needs one of a few places to go on, one less than there
 * are carriers at least, and gives its place to whoever has waited longest when its next slice is over. Short statements never come
 * here, and always find a carrier. A place is a lease: its holder may block on a lock without a word to this class, and then whoever is
 * next takes the place over once the lease has run out. Nobody can be kept waiting by a holder that does not run. Who writes to a client
 * that does not read says so ({@link Turn#pause}).
 *
 * <p>Platform threads (programs that call the library on threads of their own) are preempted by the operating system and pass freely.
 *
 * <p>Thread-safe. The lock is held for a few instructions and is a leaf: nothing is called with it held.
 */
final class RunQueue {
  static final long SLICE_NANOS = 10_000_000;
  static final long LEASE_NANOS = 3 * SLICE_NANOS;

  private final Clock clock;
  private final int places;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their leases' ends. */
  @GuardedBy("lock")
  private final ArrayDeque<Turn> running = new ArrayDeque<>();

  @GuardedBy("lock")
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();

  RunQueue(Clock clock, int places) {
    this.clock = clock;
    this.places = places;
  }

  /** With places for this JVM's carriers: all processors may compute, but one carrier at least stays for the others. */
  static RunQueue forCarriers(Clock clock) {
    int processors = Runtime.getRuntime().availableProcessors();
    int carriers = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", processors);
    return new RunQueue(clock, Math.max(1, Math.min(processors, carriers - 1)));
  }

  Turn newTurn() {
    return new Turn();
  }

  /** One session's part in the queue. Confined to the session's thread, but for what the queue's lock guards. */
  final class Turn {
    private long sliceEndNanos;
    private boolean isLong;
    private volatile @Nullable Thread parked;

    // All guarded by the queue's lock.
    private long leaseEndNanos;
    private boolean isRunning;

    /** Its place was given to it, whether or not that has been taken over by others since: a holder that wakes late goes on all the same. */
    private boolean isGranted;

    private Turn() {}

    /** A statement begins: it has a slice before it is asked to queue. */
    void begin() {
      end();
      sliceEndNanos = 0;
    }

    /** The statement is over; its place is free. */
    void end() {
      if (isLong) {
        isLong = false;
        leave(this);
      }
    }

    /**
     * The statement is about to wait for its client: its place is free at once, not only when its lease runs out, and it queues up again
     * when it goes on computing. So many clients that read slowly do not keep others waiting.
     */
    void pause() {
      if (isLong) {
        isLong = false;
        leave(this);
        sliceEndNanos = clock.monotonicNanos() | 1;
      }
    }

    /** To be called every few hundred rows: returns when this statement may go on computing, or when {@code isKilled} says so. */
    void check(BooleanSupplier isKilled) {
      long now = clock.monotonicNanos();
      if (sliceEndNanos == 0) {
        sliceEndNanos = now + SLICE_NANOS;
      } else if (now - sliceEndNanos >= 0 && Thread.currentThread().isVirtual()) {
        isLong = true;
        enter(this, now);
        while (!mayRun(this) && !isKilled.getAsBoolean()) {
          LockSupport.parkNanos(RunQueue.this, LEASE_NANOS);
          passOn(clock.monotonicNanos());
        }
        parked = null;
        sliceEndNanos = clock.monotonicNanos() + SLICE_NANOS;
      }
    }
  }

  /** Gives back the place that the turn may have, and queues up for the next. */
  private void enter(Turn turn, long now) {
    turn.parked = Thread.currentThread();
    lock.lock();
    try {
      remove(turn);
      turn.isGranted = false;
      waiting.add(turn);
    } finally {
      lock.unlock();
    }
    passOn(now);
  }

  private void leave(Turn turn) {
    lock.lock();
    try {
      remove(turn);
    } finally {
      lock.unlock();
    }
    passOn(clock.monotonicNanos());
  }

  @GuardedBy("lock")
  private void remove(Turn turn) {
    if (turn.isRunning) {
      turn.isRunning = false;
      running.remove(turn);
    } else {
      waiting.remove(turn);
    }
  }

  /** How many wait for a place. */
  int waitingCount() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean mayRun(Turn turn) {
    lock.lock();
    try {
      return turn.isGranted;
    } finally {
      lock.unlock();
    }
  }

  /** Free places go to those who have waited longest; leases that have run out are free places when somebody waits. */
  private void passOn(long now) {
    while (true) {
      Turn next;
      lock.lock();
      try {
        next = waiting.peek();
        if (next == null || !hasPlace(now)) {
          return;
        }
        waiting.remove();
        next.isRunning = true;
        next.isGranted = true;
        next.leaseEndNanos = now + LEASE_NANOS;
        running.add(next);
      } finally {
        lock.unlock();
      }
      LockSupport.unpark(next.parked);
    }
  }

  @GuardedBy("lock")
  private boolean hasPlace(long now) {
    Iterator<Turn> oldest = running.iterator();
    while (running.size() >= places && oldest.hasNext()) {
      Turn turn = oldest.next();
      if (now - turn.leaseEndNanos < 0) {
        return false;
      }
      turn.isRunning = false;
      oldest.remove();
    }
    return running.size() < places;
  }
}
