package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * Packets were out of order, lost or late (1156 to 1161); often a connection that is shared. Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (PacketsOutOfOrderException e) {
 *   log.warn(e.likelyCause().text(), e); // perhaps a connection that two processes share
 * }
 * }</pre>
 */
public final class PacketsOutOfOrderException extends SQLNonTransientConnectionException
    implements Explained {
  @Serial private static final long serialVersionUID = 1;

  PacketsOutOfOrderException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.OUT_OF_ORDER;
  }
}
