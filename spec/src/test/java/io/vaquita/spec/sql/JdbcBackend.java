package io.vaquita.spec.sql;

import com.mysql.cj.jdbc.JdbcConnection;
import io.vaquita.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections of Connector/J to a server in this process. Closes what it opened, then runs {@code behind}, which stops the server that
 * it talks to.
 */
final class JdbcBackend implements Backend {
  private final String url;
  private final Database database;
  private final List<Runnable> behind;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, Long> ids = new HashMap<>();

  JdbcBackend(String url, Database database, List<Runnable> behind) {
    this.url = url;
    this.database = database;
    this.behind = behind;
  }

  private Connection connection(String name) throws SQLException {
    Connection open = connections.get(name);
    if (open == null) {
      open = DriverManager.getConnection(url);
      connections.put(name, open);
    }
    return open;
  }

  @Override
  public Outcome run(String connection, String sql) throws SQLException {
    try (Statement statement = connection(connection).createStatement()) {
      statement.setEscapeProcessing(false);
      if (!statement.execute(sql)) {
        return new Outcome.Count(statement.getLargeUpdateCount());
      }
      try (ResultSet result = statement.getResultSet()) {
        List<List<String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            byte[] bytes = result.getBytes(i);
            row.add(bytes == null ? null : new String(bytes, StandardCharsets.UTF_8));
          }
          rows.add(row);
        }
        return new Outcome.Rows(rows);
      }
    } catch (SQLException e) {
      return new Outcome.Failed(e.getErrorCode(), e.getSQLState(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long idOf(String connection) throws SQLException {
    Long known = ids.get(connection);
    if (known == null) {
      Outcome answer = run(connection, "SELECT CONNECTION_ID()");
      known = Long.valueOf(((Outcome.Rows) answer).rows().getFirst().getFirst());
      ids.put(connection, known);
    }
    return known;
  }

  @Override
  public boolean awaitBlocked(String connection, RunningStatement statement) throws SQLException {
    return database.awaitBlocked(idOf(connection), statement::isDone, Duration.ofSeconds(30))
        != null;
  }

  @Override
  public void reset(String connection) throws SQLException {
    connection(connection).unwrap(JdbcConnection.class).resetServerState();
  }

  @Override
  public void disconnect(String connection) throws Exception {
    long id = idOf(connection);
    ids.remove(connection);
    Objects.requireNonNull(connections.remove(connection)).close();
    ProcessList.awaitGone(this, id);
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public void close() {
    try {
      for (Connection c : connections.values()) {
        c.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      behind.forEach(Runnable::run);
    }
  }
}
