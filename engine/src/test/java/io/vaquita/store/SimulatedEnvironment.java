package io.vaquita.store;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomSource;
import io.vaquita.environment.ThreadStarter;

/** The real world but for its disk. Thread-safe. */
public record SimulatedEnvironment(FileSystem files) implements Environment {
  @Override
  public Clock clock() {
    return Environment.system().clock();
  }

  @Override
  public RandomSource random() {
    return Environment.system().random();
  }

  @Override
  public ThreadStarter threads() {
    return Environment.system().threads();
  }
}
