package io.vaquita.environment;

/**
 * What the engine asks of the world outside, in one place, so that a simulator can stand in for it: time, randomness, threads,
 * files. Thread-safe.
 */
public interface Environment {
  Clock clock();

  RandomSource random();

  ThreadStarter threads();

  FileSystem files();

  /** The real world. */
  static Environment system() {
    return SystemEnvironment.INSTANCE;
  }
}
