package io.vaquita.environment;

/** Thread-safe. */
public interface Clock {
  /** Microseconds since 1970-01-01 00:00:00 UTC. */
  long wallMicros();

  /** Nanoseconds from an arbitrary start; never goes back. */
  long monotonicNanos();
}
