package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.store.StoreStatistics;
import io.vaquita.value.TextBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary tables: transactional as others, but no log and no data file ever has anything of them. */
class TemporaryTablesTest {
  @TempDir Path directory;

  private static List<String> run(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.execute(sql)) {
      while (result.hasRows() && result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < result.columns().size(); i++) {
          TextBuffer text = new TextBuffer(16);
          if (!result.isNull(i)) {
            result.appendText(i, text);
          }
          row.append(i == 0 ? "" : ",").append(text.toSlice().toUtf8());
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static StoreStatistics statistics(Database database) {
    return ((EngineDatabase) database).engine().store().statistics();
  }

  private static Session connect(Database database) {
    Session session = database.connect(ConnectOptions.local());
    run(session, "CREATE DATABASE IF NOT EXISTS d");
    run(session, "USE d");
    return session;
  }

  private String[] temporaryFiles() {
    return directory.toFile().list((d, name) -> name.startsWith("temporary"));
  }

  private static void fill(Session session, String table, int rows) {
    run(session, "SET cte_max_recursion_depth = 1000000");
    run(
        session,
        "INSERT INTO "
            + table
            + " WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < "
            + rows
            + ") SELECT i, i % 10, REPEAT('x', 200) FROM n");
  }

  @Test
  void nothingOfThemReachesTheLog() {
    try (Database database = Database.open(directory)) {
      Session session = connect(database);
      StoreStatistics before = statistics(database);
      run(session, "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, k INT, v TEXT, KEY (k))");
      fill(session, "t", 1000);
      run(session, "CREATE TEMPORARY TABLE u (a INT AUTO_INCREMENT PRIMARY KEY, b INT)");
      run(session, "INSERT INTO u (b) SELECT k FROM t WHERE id <= 5");
      run(session, "ALTER TABLE t ADD COLUMN w INT DEFAULT 7, ADD UNIQUE KEY (w, id)");
      run(session, "CREATE TEMPORARY TABLE s SELECT id, w FROM t WHERE k = 3");
      run(session, "DELETE FROM t WHERE id % 2 = 0");
      assertEquals(
          List.of("500,250000,7"), run(session, "SELECT COUNT(*), SUM(id), MAX(w) FROM t"));
      assertEquals(List.of("100"), run(session, "SELECT COUNT(*) FROM s"));
      assertEquals(List.of("5,1"), run(session, "SELECT MAX(a), MIN(b) FROM u"));
      assertEquals(List.of("d.t,check,status,OK"), run(session, "CHECK TABLE t"));
      run(session, "TRUNCATE t");
      assertEquals(List.of("0"), run(session, "SELECT COUNT(*) FROM t"));
      run(session, "DROP TEMPORARY TABLE t, u, s");
      StoreStatistics after = statistics(database);
      assertEquals(before.logBytes(), after.logBytes());
      assertEquals(before.commits(), after.commits());
    }
  }

  @Test
  void beyondMemoryTheyAreInAFileThatGoesWithTheSession() {
    try (Database database = Database.open(directory)) {
      Session session = connect(database);
      run(session, "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, k INT, v TEXT, KEY (k))");
      for (int i = 0; i < 3; i++) {
        fill(session, "t", 60_000);
        assertEquals(1, temporaryFiles().length);
        assertEquals(
            List.of("6000,179976000"),
            run(session, "SELECT COUNT(*), SUM(id) FROM t FORCE INDEX (k) WHERE k = 1"));
        assertEquals(List.of("d.t,check,status,OK"), run(session, "CHECK TABLE t"));
        run(session, "TRUNCATE t");
      }
      session.close();
      assertArrayEquals(new String[0], temporaryFiles());
    }
  }

  @Test
  void rollbackAndSavepointsHoldForBothKindsOfTables() {
    try (Database database = Database.inMemory()) {
      Session session = connect(database);
      run(session, "CREATE TABLE base (a INT PRIMARY KEY)");
      run(session, "CREATE TEMPORARY TABLE temp (a INT PRIMARY KEY)");
      run(session, "BEGIN");
      run(session, "INSERT INTO base VALUES (1)");
      run(session, "INSERT INTO temp VALUES (1)");
      run(session, "SAVEPOINT s");
      run(session, "INSERT INTO temp VALUES (2)");
      run(session, "INSERT INTO base SELECT a FROM temp WHERE a = 2");
      run(session, "ROLLBACK TO s");
      assertEquals(List.of("1"), run(session, "SELECT * FROM temp"));
      run(session, "COMMIT");
      run(session, "BEGIN");
      run(session, "DELETE FROM temp");
      run(session, "DELETE FROM base");
      assertEquals(List.of(), run(session, "SELECT * FROM temp"));
      run(session, "ROLLBACK");
      assertEquals(List.of("1"), run(session, "SELECT * FROM temp"));
      assertEquals(List.of("1"), run(session, "SELECT * FROM base"));
      assertThrows(
          DatabaseException.class, () -> run(session, "INSERT INTO temp VALUES (5), (6), (1)"));
      assertEquals(List.of("1"), run(session, "SELECT * FROM temp"));
    }
  }

  @Test
  void aTableMadeInsideATransactionIsSeenByItsView() {
    try (Database database = Database.inMemory()) {
      Session session = connect(database);
      Session other = connect(database);
      run(session, "CREATE TABLE base (a INT PRIMARY KEY)");
      run(session, "BEGIN");
      assertEquals(List.of(), run(session, "SELECT * FROM base"));
      run(session, "CREATE TEMPORARY TABLE temp SELECT 3 AS a");
      assertEquals(List.of("3"), run(session, "SELECT * FROM temp"));
      run(other, "CREATE TEMPORARY TABLE temp SELECT 4 AS a, 5 AS b");
      assertEquals(List.of("4,5"), run(other, "SELECT * FROM temp"));
      assertEquals(List.of("3"), run(session, "SELECT * FROM temp"));
    }
  }

  @Test
  void aBranchThatMayOutliveTheSessionMustNotTouchThem() {
    try (Database database = Database.inMemory()) {
      Session session = connect(database);
      run(session, "CREATE TEMPORARY TABLE temp (a INT)");
      run(session, "XA START 'x'");
      DatabaseException error =
          assertThrows(DatabaseException.class, () -> run(session, "INSERT INTO temp VALUES (1)"));
      assertEquals(4091, error.number());
      assertThrows(DatabaseException.class, () -> run(session, "SELECT * FROM temp"));
      run(session, "XA END 'x'");
      run(session, "XA ROLLBACK 'x'");
      run(session, "INSERT INTO temp VALUES (1)");
      assertEquals(List.of("1"), run(session, "SELECT * FROM temp"));
    }
  }
}
