package io.vaquita.client.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;

/**
 * The transaction was chosen to end a deadlock and is rolled back (1213). Immutable.
 *
 * <pre>{@code
 * try (Connection connection = source.getConnection()) {
 *   …
 * } catch (DeadlockException e) {
 *   log.warn(e.likelyCause().text(), e); // chosen to end a deadlock
 * }
 * }</pre>
 */
public final class DeadlockException extends SQLTransactionRollbackException implements Explained {
  @Serial private static final long serialVersionUID = 1;

  DeadlockException(String message, SQLException cause) {
    super(message, cause.getSQLState(), cause.getErrorCode(), cause);
  }

  @Override
  public LikelyCause likelyCause() {
    return LikelyCause.DEADLOCK;
  }
}
