package io.vaquita.server;

import io.vaquita.environment.Environment;

/** The time as of the watcher's last sweep: deadlines of seconds cost no system call. Thread-safe. */
final class CoarseClock {
  private volatile long nanos = Environment.system().clock().monotonicNanos();

  long nanos() {
    return nanos;
  }

  void advance() {
    nanos = Environment.system().clock().monotonicNanos();
  }
}
