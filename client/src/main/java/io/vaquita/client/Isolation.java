package io.vaquita.client;

import java.sql.Connection;

/**
 * The isolation levels of a transaction, by MySQL's names. Immutable.
 *
 * <pre>{@code
 * transactions.inTransaction(Isolation.SERIALIZABLE, tx -> count(tx.connection()));
 * }</pre>
 */
public enum Isolation {
  /** Whatever the connection has: MySQL's default is REPEATABLE READ. */
  DEFAULT(Connection.TRANSACTION_NONE),
  /** Reads see what others have not committed yet. */
  READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED),
  /** Each statement sees what was committed when it began. */
  READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
  /** All plain reads see what was committed at the first one. */
  REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
  /** Reads lock what they see. */
  SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

  private final int jdbcLevel;

  Isolation(int jdbcLevel) {
    this.jdbcLevel = jdbcLevel;
  }

  int jdbcLevel() {
    return jdbcLevel;
  }
}
