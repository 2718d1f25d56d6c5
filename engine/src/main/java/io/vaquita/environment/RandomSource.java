package io.vaquita.environment;

/** Randomness that must not be guessed (scrambles, salts, instance ids). Thread-safe. */
public interface RandomSource {
  void nextBytes(byte[] bytes);

  long nextLong();
}
