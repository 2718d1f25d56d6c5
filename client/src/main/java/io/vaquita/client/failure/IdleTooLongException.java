package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * The server closed the connection because it was idle for too long (4031). Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (IdleTooLongException e) {
 *   log.warn(e.likelyCause().text(), e); // idle for longer than wait_timeout
 * }
 * }</pre>
 */
public final class IdleTooLongException extends SQLNonTransientConnectionException
    implements Explained {
  @Serial private static final long serialVersionUID = 1;

  IdleTooLongException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.IDLE_TOO_LONG;
  }
}
