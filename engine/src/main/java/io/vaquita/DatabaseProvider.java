package io.vaquita;

/**
 * What {@link Database#open} finds through {@link java.util.ServiceLoader}: the engine, which the root package does not name. For the
 * engine only.
 */
public interface DatabaseProvider {
  Database open(DatabaseOptions options);
}
