package io.vaquita.server;

/** The time as of the watcher's last sweep: deadlines of seconds cost no system call. Thread-safe. */
final class CoarseClock {
  private volatile long nanos = System.nanoTime();

  long nanos() {
    return nanos;
  }

  void advance() {
    nanos = System.nanoTime();
  }
}
