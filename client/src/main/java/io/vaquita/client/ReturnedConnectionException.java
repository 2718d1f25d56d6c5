package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection, or a statement or result of it, was used after the connection had been handed back: by then it may be another's. The
 * cause is where it was handed back, and where it was borrowed is suppressed in that. Immutable.
 *
 * <pre>{@code
 * Connection connection = source.getConnection();
 * connection.close();
 * connection.createStatement(); // throws it
 * }</pre>
 */
public final class ReturnedConnectionException extends SQLNonTransientConnectionException {
  @Serial private static final long serialVersionUID = 1;

  ReturnedConnectionException(String message, @Nullable Throwable returned) {
    super(message, "08003", returned);
  }
}
