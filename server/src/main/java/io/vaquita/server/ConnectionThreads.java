package io.vaquita.server;

import io.vaquita.environment.ServiceThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each connection its thread: a platform thread while few are active, a virtual one when many are (decision 8).
 *
 * <p>A virtual thread that waits for its client is woken by a poller, itself woken by another poller: three hand-overs a statement. With
 * many active connections one of them carries many wake-ups, and a query costs less than on any thread of the system's; with few they cost
 * more than they save, and all wait for the whole batch. A mixture is worse than either: the few carriers compete with many
 * threads for the processors. So all that are active go over to the other kind when their number crosses the limit, each after its
 * current command. Idle connections stay where they are: they cost the others nothing. Nor do those count that wait for locks: of sixty
 * that want one lock two are running at any time, and each hand-over of the lock is one of those wake-ups that nothing else shares.
 *
 * <p>Thread-safe.
 */
final class ConnectionThreads {
  /** So many threads for each active connection: what idle and blocked ones may keep of the system's threads. */
  private static final int THREADS_PER_ACTIVE = 8;

  private final int activeMax;
  private final int platformMax;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger platform = new AtomicInteger();
  private volatile int active;

  /** What a connection does in its thread. */
  interface Work {
    /** Goes on where it was. True when it wants to go on in a thread of the other kind; false when it is over. */
    boolean run();
  }

  /**
   * @param activeMax when more connections are active, none of those has a platform thread; 0 for virtual threads only
   */
  ConnectionThreads(int activeMax) {
    this(activeMax, (int) Math.min(Integer.MAX_VALUE, (long) activeMax * THREADS_PER_ACTIVE));
  }

  /**
   * @param platformMax so many platform threads at most, idle and blocked connections' with them
   */
  ConnectionThreads(int activeMax, int platformMax) {
    this.activeMax = activeMax;
    this.platformMax = platformMax;
  }

  /** How many connections have worked of late and do not wait for locks, as the watcher has counted them. */
  void active(int count) {
    active = count;
  }

  void start(long connectionId, Work work) {
    int now = connections.incrementAndGet();
    try {
      String name = "vaquita-connection-" + connectionId;
      if (now > activeMax || !startPlatform(name, work)) {
        startVirtual(name, work);
      }
    } catch (RuntimeException | Error e) {
      connections.decrementAndGet();
      throw e;
    }
  }

  /**
   * Whether the connection that asks, in its own thread, had better go on in one of the other kind. Virtual threads wait until a quarter
   * of the limit is free: connections that come and go at the limit shall not make all others move each time.
   */
  boolean isMoveDue() {
    int now = active;
    return Thread.currentThread().isVirtual()
        ? now <= activeMax - activeMax / 4 && platform.get() < platformMax
        : now > activeMax;
  }

  /** How many connections there are. */
  int count() {
    return connections.get();
  }

  /** False when there is no place, or the system gives no further thread. */
  private boolean startPlatform(String name, Work work) {
    if (platform.incrementAndGet() > platformMax) {
      platform.decrementAndGet();
      return false;
    }
    try {
      new ServiceThread(name, () -> runOnPlatform(name, work)).start();
      return true;
    } catch (OutOfMemoryError e) {
      platform.decrementAndGet();
      return false;
    }
  }

  private void startVirtual(String name, Work work) {
    Thread.ofVirtual().name(name).start(() -> run(name, work));
  }

  private void runOnPlatform(String name, Work work) {
    try {
      run(name, work);
    } finally {
      platform.decrementAndGet();
    }
  }

  private void run(String name, Work work) {
    boolean hasMoved = false;
    try {
      while (!hasMoved && work.run()) {
        hasMoved = move(name, work);
      }
    } finally {
      if (!hasMoved) {
        connections.decrementAndGet();
      }
    }
  }

  /** False when there is no thread of the other kind: the connection goes on where it is. */
  private boolean move(String name, Work work) {
    if (Thread.currentThread().isVirtual()) {
      return startPlatform(name, work);
    }
    try {
      startVirtual(name, work);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }
}
