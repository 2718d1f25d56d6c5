package io.vaquita.error;

import org.jspecify.annotations.Nullable;

/**
 * An error that a statement ends with, as the client sees it: number, SQLSTATE, message. The one exception type of the engine for
 * errors of users and of the environment; a bug in Vaquita is any other exception and reaches the client as 1105. Immutable.
 *
 * <p>It has no stack trace: errors of users are part of the normal flow and must stay cheap.
 *
 * <pre>{@code
 * try {
 *   session.execute("INSERT INTO t VALUES (?)", 1).close();
 * } catch (DatabaseException e) {
 *   if (!e.is(MySqlError.ER_DUP_ENTRY)) { throw e; }
 * }
 * }</pre>
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String sqlState;

  public DatabaseException(MySqlError error, String message) {
    this(error.number(), error.sqlState(), message, null);
  }

  /** An error whose number and SQLSTATE are the user's own (SIGNAL), or that wraps a cause of the environment. */
  public DatabaseException(int number, String sqlState, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.number = number;
    this.sqlState = sqlState;
  }

  /** MySQL's error number. */
  public int number() {
    return number;
  }

  /** Five characters. */
  public String sqlState() {
    return sqlState;
  }

  /** The message; never null. */
  public String message() {
    return String.valueOf(getMessage());
  }

  public boolean is(MySqlError error) {
    return number == error.number();
  }
}
