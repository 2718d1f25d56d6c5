package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A named lock that was thought to be held is not: its connection was lost or killed, or somebody released it. What it protected may be another's by now. Immutable.
 *
 * <pre>{@code
 * try {
 *   lock.ensureHeld();
 * } catch (LockLostException e) {
 *   // somebody else may be at work: stop, and write nothing more
 * }
 * }</pre>
 */
public final class LockLostException extends SQLException {
  @Serial private static final long serialVersionUID = 1;

  LockLostException(String name, @Nullable Throwable cause) {
    super("the named lock '" + name + "' is no longer held", "HY000", cause);
  }
}
