package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/**
 * A row lock was not had in time (1205). The transaction is still open: roll it back before trying again. Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (LockWaitTimeoutException e) {
 *   log.warn(e.likelyCause().text(), e); // somebody holds the row
 * }
 * }</pre>
 */
public final class LockWaitTimeoutException extends SQLTransientException implements Explained {
  @Serial private static final long serialVersionUID = 1;

  LockWaitTimeoutException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.LOCK_WAIT_TIMEOUT;
  }
}
