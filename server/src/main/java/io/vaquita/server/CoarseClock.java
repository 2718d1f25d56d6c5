package io.vaquita.server;

import io.vaquita.environment.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The time of deadlines, as of the watcher's last sweep, so that it costs no system call. It stands still while the watcher cannot look:
 * when the whole process is stopped, starved or collecting garbage, the time that passes is not its clients' fault, and a write that was
 * begun before would be overdue the moment the watcher runs again. Thread-safe; only the watcher advances it.
 */
final class CoarseClock {
  /** What one sweep counts at most: a small part of the shortest timeout, which is a second. */
  static final long STEP_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

  private final Clock clock;
  private long lastNanos;
  private volatile long nanos;

  CoarseClock(Clock clock) {
    this.clock = clock;
    lastNanos = clock.monotonicNanos();
    nanos = lastNanos;
  }

  long nanos() {
    return nanos;
  }

  void advance() {
    long now = clock.monotonicNanos();
    long before = nanos;
    nanos = before + Math.min(now - lastNanos, STEP_NANOS_MAX);
    lastNanos = now;
  }
}
