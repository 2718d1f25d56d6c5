package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * The connection is gone (2006, 2013, 1053, 1927, SQLSTATE 08xxx). Whether the last statement took effect is unknown. Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (ConnectionLostException e) {
 *   log.warn(e.likelyCause().text(), e); // the connection went away
 * }
 * }</pre>
 */
public final class ConnectionLostException extends SQLNonTransientConnectionException
    implements Explained {
  @Serial private static final long serialVersionUID = 1;

  ConnectionLostException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.LOST;
  }
}
