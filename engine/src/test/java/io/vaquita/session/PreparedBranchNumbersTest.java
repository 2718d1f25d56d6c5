package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.Database;
import io.vaquita.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that a prepared branch has touched are not given again after a restart, whatever becomes of the branch. */
class PreparedBranchNumbersTest {
  @TempDir Path directory;

  private static List<Long> numbers(Session session, String query) {
    return session.execute(query).toList(row -> row.getLong(0));
  }

  private static void run(Session session, String... statements) {
    for (String statement : statements) {
      session.execute(statement).close();
    }
  }

  /** The last row of a table without primary key is deleted by a branch; its hidden row id is the row's as long as the branch may be rolled back. */
  private List<Long> deletedByABranch(String change, String end) {
    Path data = directory.resolve("data");
    try (Database database = Database.open(data);
        Session session = database.connect()) {
      run(
          session,
          "CREATE DATABASE d",
          "USE d",
          "CREATE TABLE t (a INT, KEY (a))",
          "INSERT INTO t VALUES (1), (2)",
          "XA START 'x'",
          change,
          "XA END 'x'",
          "XA PREPARE 'x'");
    }
    try (Database database = Database.open(data);
        Session session = database.connect()) {
      run(session, "USE d", "INSERT INTO t VALUES (3)", end + " 'x'", "INSERT INTO t VALUES (4)");
      assertEquals(
          List.of("OK"),
          session.execute("CHECK TABLE t").toList(row -> row.getString(3)),
          change + ", " + end);
      return numbers(session, "SELECT a FROM t ORDER BY a");
    }
  }

  @Test
  void aRowDeletedByABranchThatIsRolledBackKeepsItsPlace() {
    assertEquals(
        List.of(1L, 2L, 3L, 4L), deletedByABranch("DELETE FROM t WHERE a = 2", "XA ROLLBACK"));
  }

  @Test
  void aRowDeletedByABranchThatCommitsTakesNoOtherAlong() {
    assertEquals(List.of(1L, 3L, 4L), deletedByABranch("DELETE FROM t WHERE a = 2", "XA COMMIT"));
  }

  @Test
  void aRowInsertedByABranchKeepsItsPlace() {
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 9L), deletedByABranch("INSERT INTO t VALUES (9)", "XA COMMIT"));
  }
}
