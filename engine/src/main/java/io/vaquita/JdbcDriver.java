package io.vaquita;

/**
 * The drivers that reach a database of this process without a port. Immutable.
 *
 * <pre>{@code
 * Connection connection = DriverManager.getConnection(database.connectUrl(JdbcDriver.MARIADB));
 * }</pre>
 */
public enum JdbcDriver {
  /** MySQL Connector/J: {@code jdbc:mysql:}. */
  CONNECTOR_J,
  /** MariaDB Connector/J: {@code jdbc:mariadb:}. */
  MARIADB
}
