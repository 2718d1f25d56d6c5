package io.vaquita.session;

import io.vaquita.Session;
import java.util.List;

/** Statements of a test, and rows as lines of text. Stateless. */
final class SqlLines {
  private SqlLines() {}

  static void run(Session session, String... statements) {
    for (String statement : statements) {
      session.execute(statement).close();
    }
  }

  /** The columns of each row, with commas between them. */
  static List<String> query(Session session, String sql) {
    return session
        .execute(sql)
        .toList(
            row -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < row.columns().size(); i++) {
                text.append(i == 0 ? "" : ",").append(row.getString(i));
              }
              return text.toString();
            });
  }
}
