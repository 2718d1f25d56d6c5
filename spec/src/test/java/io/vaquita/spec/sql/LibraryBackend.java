package io.vaquita.spec.sql;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sessions of a database in this process. Owns the database. */
final class LibraryBackend implements Backend {
  private final Database database;
  private final Map<String, Session> sessions = new HashMap<>();

  LibraryBackend(Database database) {
    this.database = database;
  }

  @Override
  public Outcome run(String connection, String sql) {
    Session session =
        sessions.computeIfAbsent(connection, c -> database.connect(ConnectOptions.local()));
    try (Result result = session.execute(sql)) {
      if (!result.hasRows()) {
        return new Outcome.Count(result.affectedRows());
      }
      List<List<String>> rows = new ArrayList<>();
      TextBuffer buffer = new TextBuffer(256);
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          row.add(text(result, i, buffer));
        }
        rows.add(row);
      }
      return new Outcome.Rows(rows);
    } catch (DatabaseException e) {
      return new Outcome.Failed(e.number(), e.sqlState(), e.message());
    }
  }

  @SuppressWarnings("NullAway") // rows of tests hold null for NULL
  private static String text(Result result, int column, TextBuffer buffer) {
    if (result.isNull(column)) {
      return null;
    }
    buffer.clear();
    result.appendText(column, buffer);
    return new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public void close() {
    sessions.values().forEach(Session::close);
    database.close();
  }
}
