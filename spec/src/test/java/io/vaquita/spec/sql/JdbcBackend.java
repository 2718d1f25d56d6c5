package io.vaquita.spec.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections of a JDBC driver. Closes what it opened, then runs {@code behind}, which stops the server that it talks to. */
final class JdbcBackend implements Backend {
  private final String url;
  private final List<Runnable> behind;
  private final Map<String, Connection> connections = new HashMap<>();

  JdbcBackend(String url, List<Runnable> behind) {
    this.url = url;
    this.behind = behind;
  }

  @Override
  public Outcome run(String connection, String sql) throws SQLException {
    Connection c = connections.get(connection);
    if (c == null) {
      c = DriverManager.getConnection(url);
      connections.put(connection, c);
    }
    try (Statement statement = c.createStatement()) {
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
