package io.vaquita.store;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomSource;
import io.vaquita.environment.ThreadStarter;

/**
 * The real world but for its disk. Thread-safe.
 *
 * @param isUninterrupted whether every thread counts as one that may write the log itself
 */
public record SimulatedEnvironment(FileSystem files, boolean isUninterrupted)
    implements Environment {
  public SimulatedEnvironment(FileSystem files) {
    this(files, false);
  }

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
    return new ThreadStarter() {
      @Override
      public Thread startVirtual(String name, Runnable work) {
        return Environment.system().threads().startVirtual(name, work);
      }

      @Override
      public Thread startPlatform(String name, Runnable work) {
        return Environment.system().threads().startPlatform(name, work);
      }

      @Override
      public boolean isUninterrupted(Thread thread) {
        return isUninterrupted;
      }
    };
  }
}
