package io.vaquita.server;

import io.vaquita.environment.ServiceThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each connection its thread: a platform thread to as many as there are processors, a virtual one to all others (decision 8).
 *
 * <p>A virtual thread that waits for its client is woken by a poller, itself woken by another poller: three hand-overs a statement. With
 * many connections one of them carries many wake-ups; with one or two they cost twice what the statement itself does. A platform
 * thread waits inside the kernel and is woken once. More platform threads than processors would take the batching from the others and
 * memory from everybody.
 *
 * <p>Thread-safe.
 */
final class ConnectionThreads {
  private final int platformMax;
  private final AtomicInteger platform = new AtomicInteger();

  ConnectionThreads(int platformMax) {
    this.platformMax = platformMax;
  }

  /** One platform thread a processor, unless the system property {@code vaquita.platformConnections} says another number. */
  static ConnectionThreads forProcessors() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new ConnectionThreads(Integer.getInteger("vaquita.platformConnections", processors));
  }

  void start(long connectionId, Runnable connection) {
    String name = "vaquita-connection-" + connectionId;
    if (platform.incrementAndGet() > platformMax) {
      platform.decrementAndGet();
      Thread.ofVirtual().name(name).start(connection);
      return;
    }
    try {
      new ServiceThread(name, () -> runAndGiveBack(connection)).start();
    } catch (OutOfMemoryError e) {
      // the system gives no further thread; a virtual one needs none
      platform.decrementAndGet();
      Thread.ofVirtual().name(name).start(connection);
    }
  }

  private void runAndGiveBack(Runnable connection) {
    try {
      connection.run();
    } finally {
      platform.decrementAndGet();
    }
  }
}
