package io.vaquita.store;

import java.util.SplittableRandom;

/** Random numbers of a test, from a seed that its failure prints. Confined to one thread. */
final class SeededRandom {
  private final SplittableRandom random;

  SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The seed of the system property {@code vaquita.seed}, or a fixed one mixed with {@code salt}. */
  static long seed(long salt) {
    return Long.getLong("vaquita.seed", 20_260_101L + salt);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long nextLong() {
    return random.nextLong();
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }
}
