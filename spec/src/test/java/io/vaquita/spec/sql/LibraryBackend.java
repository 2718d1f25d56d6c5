package io.vaquita.spec.sql;

import io.vaquita.ClientFiles;
import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions of a database in this process. Owns the database. */
final class LibraryBackend implements Backend {
  private final Database database;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  LibraryBackend(Database database) {
    this.database = database;
  }

  /** Scripts read and write files where they like. */
  static DatabaseOptions withFiles(DatabaseOptions options) {
    return options.with("secure_file_priv", "").with("local_infile", "ON");
  }

  private Session connect() {
    Session session = database.connect(ConnectOptions.local());
    session.clientFiles(ClientFiles.ofThisProcess());
    return session;
  }

  private Session session(String connection) {
    return sessions.computeIfAbsent(connection, c -> connect());
  }

  @Override
  public Outcome run(String connection, String sql) {
    try (Result result = session(connection).execute(sql)) {
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
  public long idOf(String connection) {
    return session(connection).id();
  }

  @Override
  public boolean awaitBlocked(String connection, RunningStatement statement) {
    return database.awaitBlocked(idOf(connection), statement::isDone, Duration.ofSeconds(30))
        != null;
  }

  @Override
  public void reset(String connection) {
    session(connection).reset();
  }

  @Override
  public void disconnect(String connection) {
    session(connection).close();
    sessions.remove(connection);
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
