package io.vaquita.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.client.failure.ConnectTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** On a thread of its own, so that the deadline holds whatever the driver does; a connection that comes too late is dropped. */
  static Connection within(Duration limit, DataSource source) throws SQLException {
    if (limit.isZero()) {
      return source.getConnection();
    }
    LateConnection late = new LateConnection(source);
    FutureTask<Connection> task = new FutureTask<>(late);
    Thread.ofVirtual().name("vaquita-client-connect").start(task);
    try {
      return task.get(ConnectionPool.nanos(limit), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      late.giveUp();
      throw new ConnectTimeoutException(limit, e);
    } catch (InterruptedException e) {
      late.giveUp();
      Thread.currentThread().interrupt();
      throw new SQLNonTransientConnectionException("interrupted while connecting", "08001", e);
    } catch (ExecutionException | CancellationException e) {
      if (e.getCause() instanceof SQLException known) {
        throw known;
      }
      throw new SQLNonTransientConnectionException(
          "could not connect: " + e.getCause(), "08001", e.getCause());
    }
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
