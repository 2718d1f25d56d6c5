package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * The server takes no more connections, of anybody or of this account (1040, 1203, 1226). Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (TooManyConnectionsException e) {
 *   log.warn(e.likelyCause().text(), e); // the server is full
 * }
 * }</pre>
 */
public final class TooManyConnectionsException extends SQLTransientConnectionException
    implements Explained {
  @Serial private static final long serialVersionUID = 1;

  TooManyConnectionsException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.TOO_MANY_CONNECTIONS;
  }
}
