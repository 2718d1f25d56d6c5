package io.vaquita.client;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * The connection was lost while COMMIT was under way: the server may have committed, or rolled back. The work is not tried again, since it
 * might be done twice; look in the data (a unique request number in a table of the transaction tells), then decide. Immutable.
 *
 * <pre>{@code
 * try {
 *   transactions.inTransaction(tx -> book(tx.connection(), order));
 * } catch (CommitOutcomeUnknownException e) {
 *   // look whether the order is there, on a new connection, before doing anything again
 * }
 * }</pre>
 */
public final class CommitOutcomeUnknownException extends SQLNonTransientConnectionException {
  @Serial private static final long serialVersionUID = 1;

  CommitOutcomeUnknownException(SQLException cause) {
    super(
        "COMMIT was sent and its answer did not come: the transaction may or may not be committed ("
            + cause.getMessage()
            + ")",
        "08007",
        cause.getErrorCode(),
        cause);
  }
}
