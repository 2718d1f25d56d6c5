package io.vaquita.lock;

import io.vaquita.error.MySqlError;

/** Why a wait is ended from outside. Those later in the list outrank the earlier ones. */
public enum Interruption {
  NONE(MySqlError.ER_QUERY_INTERRUPTED),
  EXECUTION_TIME(MySqlError.ER_QUERY_TIMEOUT),
  KILL_QUERY(MySqlError.ER_QUERY_INTERRUPTED),
  CLIENT_GONE(MySqlError.ER_QUERY_INTERRUPTED),
  KILL_CONNECTION(MySqlError.ER_QUERY_INTERRUPTED),
  SHUTDOWN(MySqlError.ER_SERVER_SHUTDOWN);

  private final MySqlError error;

  Interruption(MySqlError error) {
    this.error = error;
  }

  MySqlError error() {
    return error;
  }

  /** Whether it ends the statement only, so that the next one starts without it. */
  boolean endsWithStatement() {
    return this == EXECUTION_TIME || this == KILL_QUERY;
  }
}
