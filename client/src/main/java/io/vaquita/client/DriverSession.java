package io.vaquita.client;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.message.ClientMessage;

/** What a driver knows of its server session beyond JDBC. As thread-safe as its connection. */
sealed interface DriverSession {
  /** Whether the server said, in its last answer, that a transaction is open; {@code guess} where the driver does not tell. */
  boolean inTransaction(boolean guess) throws SQLException;

  /** Makes the session as after login (COM_RESET_CONNECTION); false where the driver cannot, or would not survive it. */
  boolean reset() throws SQLException;

  /** Closes the socket, saying nothing to the server, whoever is in a call. Errors are for nobody any more. */
  void drop() throws SQLException;

  /** The drivers are optional: their classes are touched only where they are on the class path. */
  static DriverSession of(Connection physical) throws SQLException {
    try {
      if (physical.isWrapperFor(org.mariadb.jdbc.Connection.class)) {
        return new MariaDb(physical.unwrap(org.mariadb.jdbc.Connection.class));
      }
    } catch (LinkageError e) {
      // this driver is not here
    }
    try {
      if (physical.isWrapperFor(com.mysql.cj.jdbc.JdbcConnection.class)) {
        return new ConnectorJ(physical.unwrap(com.mysql.cj.jdbc.JdbcConnection.class));
      }
    } catch (LinkageError e) {
      // nor this one
    }
    return new Unknown(physical);
  }

  /** MariaDB Connector/J. */
  record MariaDb(org.mariadb.jdbc.Connection connection) implements DriverSession {
    @Override
    public boolean inTransaction(boolean guess) {
      int status = connection.getContext().getServerStatus();
      return (status & org.mariadb.jdbc.util.constants.ServerStatus.IN_TRANSACTION) != 0;
    }

    /** The driver's own reset sends COM_RESET_CONNECTION only where its URL says so, and is not worth its name otherwise. */
    @Override
    public boolean reset() throws SQLException {
      if (!connection.getContext().getConf().useResetConnection()) {
        return false;
      }
      connection.reset();
      return true;
    }

    /**
     * This driver's {@code abort} says COM_QUIT, or KILL by a connection of its own when a call is under way. A message that cannot be
     * written makes it close the socket and nothing else.
     *
     * <p>One that changes servers by itself would open another socket then and go on. So there the message closes the socket, and fails with
     * what the driver does not take for a broken connection; the COM_QUIT of the {@code close} after that goes nowhere. Of a primary with
     * replicas there are two sockets, of which one is out of reach: {@code abort} it is.
     */
    @Override
    public void drop() throws SQLException {
      if (connection.getClient().isClosed()) {
        return;
      }
      switch (connection.getContext().getConf().haMode()) {
        case NONE -> connection.getClient().execute(new Unsendable(), true);
        case SEQUENTIAL, LOADBALANCE -> {
          try {
            connection.getClient().execute(new HangUp(), false);
          } catch (SQLException e) {
            connection.getClient().close();
          }
        }
        case REPLICATION, LOAD_BALANCE_READ -> connection.abort(Runnable::run);
      }
    }
  }

  /** Closes the socket when it is to be written. Immutable. */
  record HangUp() implements ClientMessage {
    @Override
    public int encode(Writer writer, Context context) throws IOException, SQLException {
      writer.close();
      throw new SQLException("the connection is given up");
    }
  }

  /** What MariaDB Connector/J cannot send. Immutable. */
  record Unsendable() implements ClientMessage {
    @Override
    public int encode(Writer writer, Context context) throws IOException {
      throw new IOException("the connection is given up");
    }
  }

  /** MySQL Connector/J. */
  record ConnectorJ(com.mysql.cj.jdbc.JdbcConnection connection) implements DriverSession {
    @Override
    public boolean inTransaction(boolean guess) {
      return ((com.mysql.cj.NativeSession) connection.getSession())
          .getServerSession()
          .inTransactionOnServer();
    }

    /** The server forgets prepared statements in a reset; a driver that caches them would use numbers that mean nothing any more. */
    @Override
    public boolean reset() throws SQLException {
      com.mysql.cj.conf.PropertySet properties = connection.getPropertySet();
      boolean caches =
          properties.getBooleanProperty(com.mysql.cj.conf.PropertyKey.cachePrepStmts).getValue()
              && properties
                  .getBooleanProperty(com.mysql.cj.conf.PropertyKey.useServerPrepStmts)
                  .getValue();
      if (caches) {
        return false;
      }
      connection.resetServerState();
      return true;
    }

    @Override
    public void drop() throws SQLException {
      connection.abort(Runnable::run);
    }
  }

  /** Any other driver. */
  record Unknown(Connection physical) implements DriverSession {
    @Override
    public boolean inTransaction(boolean guess) {
      return guess;
    }

    @Override
    public boolean reset() {
      return false;
    }

    @Override
    public void drop() throws SQLException {
      physical.abort(Runnable::run);
    }
  }
}
