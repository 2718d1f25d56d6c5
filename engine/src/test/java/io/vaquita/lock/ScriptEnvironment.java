package io.vaquita.lock;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomSource;
import io.vaquita.environment.ThreadStarter;
import java.util.concurrent.atomic.AtomicLong;

/** The machine with a clock that moves only by hand. Thread-safe. */
final class ScriptEnvironment implements Environment, Clock {
  private final AtomicLong nanos = new AtomicLong(1_000_000_000);

  void advanceMillis(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Override
  public long wallMicros() {
    return nanos.get() / 1000;
  }

  @Override
  public long monotonicNanos() {
    return nanos.get();
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public RandomSource random() {
    return Environment.system().random();
  }

  @Override
  public ThreadStarter threads() {
    return Environment.system().threads();
  }

  @Override
  public FileSystem files() {
    return Environment.system().files();
  }
}
