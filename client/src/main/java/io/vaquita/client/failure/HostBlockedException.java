package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * The server refuses this host (1129). Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (HostBlockedException e) {
 *   log.warn(e.likelyCause().text(), e); // this host is blocked
 * }
 * }</pre>
 */
public final class HostBlockedException extends SQLNonTransientConnectionException
    implements Explained {
  @Serial private static final long serialVersionUID = 1;

  HostBlockedException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.HOST_BLOCKED;
  }
}
