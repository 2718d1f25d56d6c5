package io.vaquita.store;

import java.util.SplittableRandom;

/** Random numbers of a test, from a seed that its failure prints. Confined to one thread. */
public final class SeededRandom {
  private final SplittableRandom random;

  public SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The seed of the system property {@code vaquita.seed}, or a fixed one mixed with {@code salt}. */
  public static long seed(long salt) {
    return Long.getLong("vaquita.seed", 20_260_101L + salt);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public long nextLong() {
    return random.nextLong();
  }

  public boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  public byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }
}
