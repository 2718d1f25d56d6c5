package io.vaquita.examples.keylookup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, fair pool of connections. Thread-safe: a permit is the right to hold a connection, so that at most {@code size} are in
 * use; waiters park (a virtual thread gives its carrier back) and are served in order. Connections are opened when they are needed and
 * thrown away when their user met an error.
 */
final class ConnectionPool implements AutoCloseable {
  /** Opens a connection. */
  interface Source {
    Connection open() throws SQLException;
  }

  private final Source source;
  private final Semaphore permits;
  private final long waitMillis;

  /** Guarded by itself. */
  private final Deque<Connection> idle = new ArrayDeque<>();

  /**
   * @param size most connections at once
   * @param waitMillis how long a borrower waits for its turn
   */
  ConnectionPool(Source source, int size, long waitMillis) {
    this.source = source;
    this.permits = new Semaphore(size, true);
    this.waitMillis = waitMillis;
  }

  /** Work with a connection. */
  interface Work<T> {
    @Nullable T run(Connection connection) throws SQLException;
  }

  /**
   * Runs {@code work} with a connection of its own. A connection that came from the idle ones and turns out to be dead is replaced once:
   * the server may have been restarted since.
   */
  <T> @Nullable T with(Work<T> work) throws SQLException, InterruptedException {
    if (!permits.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
      throw new SQLException("no connection became free within " + waitMillis + " ms");
    }
    try {
      Connection pooled = takeIdle();
      if (pooled != null) {
        try {
          return run(pooled, work);
        } catch (SQLException e) {
          if (!isConnectionError(e)) {
            throw e;
          }
        }
      }
      return run(source.open(), work);
    } finally {
      permits.release();
    }
  }

  private <T> @Nullable T run(Connection connection, Work<T> work) throws SQLException {
    boolean healthy = false;
    try {
      T result = work.run(connection);
      healthy = true;
      return result;
    } catch (SQLException e) {
      healthy = !isConnectionError(e);
      throw e;
    } finally {
      if (healthy) {
        giveBack(connection);
      } else {
        closeQuietly(connection);
      }
    }
  }

  /** SQLSTATE class 08: the connection, not the statement, is at fault. */
  private static boolean isConnectionError(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.startsWith("08");
  }

  private @Nullable Connection takeIdle() {
    synchronized (idle) {
      return idle.pollLast();
    }
  }

  private void giveBack(Connection connection) {
    synchronized (idle) {
      idle.addLast(connection);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is thrown away because it is broken; that closing it fails too tells nothing new
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(ConnectionPool::closeQuietly);
      idle.clear();
    }
  }
}
