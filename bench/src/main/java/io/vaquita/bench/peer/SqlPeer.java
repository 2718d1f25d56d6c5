package io.vaquita.bench.peer;

import io.vaquita.bench.load.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table of a server, by prepared statements over loopback: what a store costs with SQL and the network before it. Thread-safe.
 *
 * <p>A durable put is an autocommit UPDATE of the row, which gives it another value than it had, since a server does not write what does not
 * change.
 */
final class SqlPeer implements KeyValueStore {
  private final ServerProcess server;
  private final String url;
  private final Connection loader;
  private final ConcurrentLinkedQueue<Writer> writers = new ConcurrentLinkedQueue<>();
  private final AtomicLong values = new AtomicLong();

  /** A connection that one thread at a time uses. */
  private record Writer(Connection connection, PreparedStatement update) {}

  SqlPeer(ServerProcess server) {
    this.server = server;
    this.url =
        "jdbc:mysql://127.0.0.1:"
            + server.port()
            + "/?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true"
            + "&useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSqlLimit=100000";
    try {
      this.loader = connect();
      run(loader, "CREATE DATABASE IF NOT EXISTS bench");
      run(
          loader,
          "CREATE TABLE IF NOT EXISTS bench.entries (k BIGINT PRIMARY KEY, v VARBINARY("
              + VALUE_BYTES
              + ") NOT NULL)");
      durability(2);
    } catch (SQLException e) {
      server.kill();
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Of {@code innodb_flush_log_at_trx_commit}. */
  private void durability(int level) throws SQLException {
    run(loader, "SET GLOBAL innodb_flush_log_at_trx_commit = " + level);
  }

  @Override
  public void putAll(long[] keys) {
    String sql =
        "INSERT INTO bench.entries VALUES "
            + String.join(",", Collections.nCopies(keys.length, "(?,?)"));
    try (PreparedStatement insert = loader.prepareStatement(sql)) {
      for (int i = 0; i < keys.length; i++) {
        insert.setLong(2 * i + 1, keys[i]);
        insert.setBytes(2 * i + 2, Rows.value(keys[i]));
      }
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void prepareDurable() {
    try {
      durability(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void putDurably(long key) {
    try {
      Writer writer = writers.poll();
      if (writer == null) {
        Connection connection = connect();
        writer =
            new Writer(
                connection,
                connection.prepareStatement("UPDATE bench.entries SET v = ? WHERE k = ?"));
      }
      writer.update.setBytes(1, Rows.value(values.incrementAndGet()));
      writer.update.setLong(2, key);
      writer.update.executeUpdate();
      writers.add(writer);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Reader reader() {
    try {
      return new SqlReader(connect());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class SqlReader implements Reader {
    private final Connection connection;
    private final PreparedStatement get;
    private final PreparedStatement range;
    private final PreparedStatement all;

    SqlReader(Connection connection) throws SQLException {
      this.connection = connection;
      this.get = connection.prepareStatement("SELECT v FROM bench.entries WHERE k = ?");
      this.range =
          connection.prepareStatement(
              "SELECT k, v FROM bench.entries WHERE k >= ? ORDER BY k LIMIT ?");
      this.all = connection.prepareStatement("SELECT k, v FROM bench.entries WHERE k >= ?");
      // row by row as they come, for the client could not hold them
      all.setFetchSize(Integer.MIN_VALUE);
    }

    @Override
    public int get(long key) {
      try {
        get.setLong(1, key);
        try (ResultSet rows = get.executeQuery()) {
          return rows.next() ? rows.getBytes(1).length : -1;
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int scan(long from, int count) {
      boolean isWhole = count == Integer.MAX_VALUE;
      PreparedStatement statement = isWhole ? all : range;
      try {
        statement.setLong(1, from);
        if (!isWhole) {
          statement.setInt(2, count);
        }
        int n = 0;
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            n += rows.getBytes(2).length > 0 ? 1 : 0;
          }
        }
        return n;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public long logBytes() {
    try (Statement statement = loader.createStatement();
        ResultSet rows =
            statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Innodb_os_log_written'")) {
      return rows.next() ? rows.getLong(2) : -1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void crash() {
    server.kill();
  }

  @Override
  public void close() {
    try {
      for (Writer writer : writers) {
        writer.connection.close();
      }
      loader.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      server.close();
    }
  }
}
