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
  READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED),
  READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
  REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
  SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

  private final int jdbcLevel;

  Isolation(int jdbcLevel) {
    this.jdbcLevel = jdbcLevel;
  }

  int jdbcLevel() {
    return jdbcLevel;
  }
}
