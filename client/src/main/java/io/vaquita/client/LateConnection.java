package io.vaquita.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens one connection for somebody who may have stopped waiting by then: what comes too late is closed again. Thread-safe. */
final class LateConnection implements Callable<Connection> {
  private final DataSource source;

  @GuardedBy("this")
  private boolean isGivenUp;

  @GuardedBy("this")
  private @Nullable Connection opened;

  LateConnection(DataSource source) {
    this.source = source;
  }

  @Override
  public Connection call() throws SQLException {
    Connection connection = source.getConnection();
    if (!deliver(connection)) {
      connection.close();
      throw new CancellationException("nobody waits for this connection any more");
    }
    return connection;
  }

  private synchronized boolean deliver(Connection connection) {
    opened = connection;
    return !isGivenUp;
  }

  /** Nobody waits any more. One that was opened at this very moment is closed here, any later one where it is opened. */
  void giveUp() {
    Connection late;
    synchronized (this) {
      isGivenUp = true;
      late = opened;
    }
    if (late != null) {
      try {
        late.close();
      } catch (SQLException e) {
        // it is of no use to anybody
      }
    }
  }
}
