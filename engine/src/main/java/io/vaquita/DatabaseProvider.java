package io.vaquita;

/**
 * What {@link Database#open} finds through {@link java.util.ServiceLoader}: the engine, which the root package does not name. For the
 * engine only. Thread-safe; errors as {@link Database#open(DatabaseOptions)} has them.
 */
public interface DatabaseProvider {
  /** As {@link Database#open(DatabaseOptions)} promises. */
  Database open(DatabaseOptions options);
}
