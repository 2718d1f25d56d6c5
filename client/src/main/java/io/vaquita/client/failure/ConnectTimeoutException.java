package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * The server did not finish the login in time: it is not there, a firewall drops packets silently, or it is overloaded. Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (ConnectTimeoutException e) {
 *   log.warn(e.likelyCause().text(), e); // waiting for the server
 * }
 * }</pre>
 */
public final class ConnectTimeoutException extends SQLTransientConnectionException {
  @Serial private static final long serialVersionUID = 1;

  /** For the client kit: after so long, with what the driver said if anything. */
  public ConnectTimeoutException(Duration timeout, Throwable cause) {
    super(
        "no connection within "
            + timeout.toMillis()
            + " ms (likely cause: wrong host or port behind a firewall that drops packets, a server"
            + " that is overloaded, or a name server that does not answer)",
        "08001",
        cause);
  }
}
