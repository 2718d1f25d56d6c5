package io.vaquita.server;

import io.vaquita.environment.ServiceThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each connection its thread: a platform thread while there are few connections, a virtual one when there are many (decision 8).
 *
 * <p>A virtual thread that waits for its client is woken by a poller, itself woken by another poller: three hand-overs a statement. With
 * many connections one of them carries many wake-ups, and a query costs less than on any thread of the system's; with few they cost
 * more than they save, and all wait for the whole batch. A mixture is worse than either: the few carriers compete with many
 * threads for the processors. So all go over to the other kind when their number crosses the limit, each after its current command.
 *
 * <p>Thread-safe.
 */
final class ConnectionThreads {
  private final int platformMax;
  private final AtomicInteger connections = new AtomicInteger();

  /** What a connection does in its thread. */
  interface Work {
    /** Goes on where it was. True when it wants to go on in a thread of the other kind; false when it is over. */
    boolean run();
  }

  /**
   * @param platformMax so many connections at once have platform threads, more have virtual ones; 0 for virtual threads only
   */
  ConnectionThreads(int platformMax) {
    this.platformMax = platformMax;
  }

  void start(long connectionId, Work work) {
    int now = connections.incrementAndGet();
    try {
      start("vaquita-connection-" + connectionId, work, now > platformMax);
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
    int now = connections.get();
    return Thread.currentThread().isVirtual()
        ? now <= platformMax - platformMax / 4
        : now > platformMax;
  }

  /** How many connections there are. */
  int count() {
    return connections.get();
  }

  private void start(String name, Work work, boolean isVirtual) {
    if (!isVirtual) {
      try {
        new ServiceThread(name, () -> run(name, work)).start();
        return;
      } catch (OutOfMemoryError e) {
        // the system gives no further thread; a virtual one needs none
      }
    }
    Thread.ofVirtual().name(name).start(() -> run(name, work));
  }

  private void run(String name, Work work) {
    boolean moves = false;
    try {
      moves = work.run();
      if (moves) {
        start(name, work, !Thread.currentThread().isVirtual());
      }
    } finally {
      if (!moves) {
        connections.decrementAndGet();
      }
    }
  }
}
