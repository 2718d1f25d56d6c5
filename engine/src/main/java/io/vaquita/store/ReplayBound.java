package io.vaquita.store;

/**
 * Where the replay of a log stops: before the first commit that has a later position or was logged later. Immutable.
 *
 * @param wallMicros microseconds since 1970-01-01 00:00:00 UTC
 */
public record ReplayBound(long position, long wallMicros) {
  /** All that the log has. */
  public static final ReplayBound NONE = new ReplayBound(Long.MAX_VALUE, Long.MAX_VALUE);
}
