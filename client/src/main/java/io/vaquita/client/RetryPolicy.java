package io.vaquita.client;

import java.time.Duration;

/**
 * How often and how long {@link Transactions} tries. Immutable. A value out of range is an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Transactions.over(source, new RetryPolicy(5, Duration.ofMillis(10), Duration.ofSeconds(1)));
 * }</pre>
 *
 * @param attempts how often the work is run at most, the first time included; from 1
 * @param firstPause the longest pause before the second attempt; each further one may be twice as long. The pause itself is random, so
 *     that two transactions that collided do not collide again
 * @param longestPause no pause is longer
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
  /** Throws {@link IllegalArgumentException} for a value out of range. */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more, not " + attempts);
    }
    if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses must not be negative, nor the longest below the first");
    }
  }

  /** 5 attempts, pauses of up to 10 ms at first and up to 500 ms at last. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(500));
  }

  /** One attempt. */
  public static RetryPolicy never() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
  }

  /** The longest pause after so many failed attempts. */
  Duration pauseAfter(int failed) {
    Duration pause = firstPause;
    for (int i = 1; i < failed && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
