package io.vaquita.server;

import io.vaquita.environment.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves by hand. Thread-safe. */
final class HandClock implements Clock {
  final AtomicLong nanos;

  HandClock(long startNanos) {
    nanos = new AtomicLong(startNanos);
  }

  @Override
  public long wallMicros() {
    return nanos.get() / 1000;
  }

  @Override
  public long monotonicNanos() {
    return nanos.get();
  }
}
