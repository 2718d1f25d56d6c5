package io.vaquita.lock;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request that waits. Its outcome is decided once, by whoever is first to change the state: the thread that grants it, the
 * search that makes it a victim, or its own thread on timeout or interruption. Links are guarded by the queue's {@link Shard}.
 *
 * <pre>
 * WAITING --grant------> GRANTED
 *         --search-----> DEADLOCK
 *         --own thread-> TIMEOUT | INTERRUPTED
 * </pre>
 */
final class Wait {
  enum State {
    WAITING,
    GRANTED,
    DEADLOCK,
    TIMEOUT,
    INTERRUPTED
  }

  final LockOwner owner;
  final Queue queue;
  final LockMode mode;
  final LockDuration duration;

  /** Rises with every wait: the later, the higher. */
  final long ticket;

  final long startedNanos;
  final Thread thread = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  @Nullable Wait next;
  @Nullable Wait previous;

  /** Set by the grant, under the shard's monitor: the lock that now has the mode, and whether it is new to its owner. */
  @Nullable Lock grantedLock;

  boolean isNewLock;

  /** The lock whose mode this request raises; null when it asks for one of its own. */
  final @Nullable Lock raises;

  /** The search for deadlocks is over. */
  volatile boolean settled;

  /** When the wait is over without a grant, by the lock table's clock; set by its own thread before it parks. */
  volatile long deadlineNanos = Long.MAX_VALUE;

  /** The next of those that one release granted, to be woken when the shard's monitor is free again. */
  @Nullable Wait nextGranted;

  /** Set before the state becomes DEADLOCK. */
  @Nullable Deadlock deadlock;

  Wait(
      LockOwner owner,
      Queue queue,
      LockMode mode,
      LockDuration duration,
      @Nullable Lock raises,
      long ticket,
      long now) {
    this.owner = owner;
    this.raises = raises;
    this.queue = queue;
    this.mode = mode;
    this.duration = duration;
    this.ticket = ticket;
    this.startedNanos = now;
  }

  State state() {
    return state.getAcquire();
  }

  boolean isWaiting() {
    return state() == State.WAITING;
  }

  /** The one way out of WAITING. False when somebody else was first. Who decides calls {@link #wake} afterwards. */
  boolean decide(State outcome) {
    return state.compareAndSet(State.WAITING, outcome);
  }

  void wake() {
    if (!thread.equals(Thread.currentThread())) {
      LockSupport.unpark(thread);
    }
  }

  /** Decides, and wakes the thread when this was first. */
  boolean end(State outcome) {
    boolean first = decide(outcome);
    if (first) {
      wake();
    }
    return first;
  }

  boolean isForRows() {
    return !mode.isMetadata();
  }
}
