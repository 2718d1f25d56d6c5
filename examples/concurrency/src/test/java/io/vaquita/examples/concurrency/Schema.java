package io.vaquita.examples.concurrency;

import io.vaquita.testkit.Preparation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables of all examples, made once. */
final class Schema implements Preparation {
  static final int JOBS = 40;
  static final int PIECES = 25;

  @Override
  public void prepare(DataSource source) throws SQLException {
    execute(
        source,
        "CREATE TABLE jobs (id INT AUTO_INCREMENT PRIMARY KEY, task TEXT, done INT DEFAULT 0)",
        "INSERT INTO jobs (task) WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < "
            + JOBS
            + ") SELECT CONCAT('task ', i) FROM n",
        "CREATE TABLE stock (id INT PRIMARY KEY, pieces INT NOT NULL, version INT NOT NULL)",
        "INSERT INTO stock VALUES (1, " + PIECES + ", 0), (2, " + PIECES + ", 0)",
        "CREATE TABLE report (id INT PRIMARY KEY, line TEXT, token BIGINT NOT NULL)",
        "INSERT INTO report VALUES (1, '', 0)");
  }

  static void execute(DataSource source, String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String one(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
