package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * No connection became free in time. The message says who holds the connections and for how long; the longest holder's borrowing is the cause. Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (PoolExhaustedException e) {
 *   log.warn("all connections are lent", e); // the message names the borrowers
 * }
 * }</pre>
 */
public final class PoolExhaustedException extends SQLTransientConnectionException {
  @Serial private static final long serialVersionUID = 1;

  PoolExhaustedException(String message, @Nullable Throwable longestHolder) {
    super(message, "08001", longestHolder);
  }
}
