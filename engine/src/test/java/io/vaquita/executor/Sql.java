package io.vaquita.executor;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.List;

/** A database in memory with one session, for tests of what statements do. Not thread-safe. */
final class Sql implements AutoCloseable {
  private final Database database = Database.inMemory();
  final Session session = database.connect(ConnectOptions.local());

  Sql() {
    run("CREATE DATABASE d");
    run("USE d");
  }

  /** Affected rows of a statement without rows. */
  long run(String sql) {
    try (Result result = session.execute(sql)) {
      return result.affectedRows();
    }
  }

  /** The rows as texts, columns divided by commas. */
  List<String> query(String sql) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.execute(sql)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < result.columns().size(); i++) {
          row.append(i == 0 ? "" : ",").append(text(result, i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String text(Result result, int column) {
    if (result.isNull(column)) {
      return "NULL";
    }
    TextBuffer text = new TextBuffer(16);
    result.appendText(column, text);
    return text.toSlice().toUtf8();
  }

  /** Number and message of the error that the statement ends with. */
  String error(String sql) {
    try {
      run(sql);
      return "no error";
    } catch (DatabaseException e) {
      return e.number() + " " + e.message();
    }
  }

  @Override
  public void close() {
    session.close();
    database.close();
  }
}
