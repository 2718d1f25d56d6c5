package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLTransientException;
import java.time.Duration;

/**
 * A named lock was not had in time. The message says which connection holds it. Immutable.
 *
 * <pre>{@code
 * try (NamedLock lock = locks.acquire("nightly-report", Duration.ofSeconds(10))) {
 *   report();
 * } catch (LockTimeoutException e) {
 *   // it runs elsewhere
 * }
 * }</pre>
 */
public final class LockTimeoutException extends SQLTransientException {
  @Serial private static final long serialVersionUID = 1;

  LockTimeoutException(String name, Duration waited, String holder) {
    super(
        "the named lock '" + name + "' was not had within " + waited.toMillis() + " ms; " + holder,
        "HY000");
  }
}
