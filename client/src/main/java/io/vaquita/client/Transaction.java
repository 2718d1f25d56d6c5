package io.vaquita.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A running transaction, as the work sees it. Confined to the work: not to be kept or handed to threads that outlive it. Errors come from
 * its connection, as {@link SQLException}s; the work lets them go, and {@link Transactions} decides whether to try again.
 *
 * <pre>{@code
 * transactions.inTransaction(
 *     tx -> {
 *       try (Statement statement = tx.connection().createStatement()) {
 *         return statement.executeUpdate("UPDATE stock SET pieces = pieces - 1 WHERE id = 1");
 *       }
 *     });
 * }</pre>
 */
public final class Transaction {
  private final Connection connection;
  private final int attempt;
  private int nesting;

  Transaction(Connection connection, int attempt) {
    this.connection = connection;
    this.attempt = attempt;
  }

  /** The connection, with autocommit off. The work must not commit, roll back or close it. */
  public Connection connection() {
    return connection;
  }

  /** 1 for the first run of the work, 2 after the first retry, and so on. */
  public int attempt() {
    return attempt;
  }

  /** How many transactions stand around the innermost one. */
  public int nesting() {
    return nesting;
  }

  /** Runs work behind a savepoint: when it throws, only its own changes are undone, and the transaction goes on if the caller catches. */
  <T extends @org.jspecify.annotations.Nullable Object, X extends Exception> T nested(
      Transactions.Work<T, X> work) throws SQLException, X {
    Savepoint savepoint = connection.setSavepoint("vaquita_" + nesting);
    nesting++;
    boolean isDone = false;
    try {
      T result = work.run(this);
      isDone = true;
      return result;
    } finally {
      nesting--;
      end(savepoint, isDone);
    }
  }

  private void end(Savepoint savepoint, boolean isDone) throws SQLException {
    if (isDone) {
      connection.releaseSavepoint(savepoint);
      return;
    }
    try {
      connection.rollback(savepoint);
    } catch (SQLException e) {
      // a deadlock (1213) or a lost connection took the whole transaction, savepoints and all; the
      // work's own error says so
    }
  }
}
