package io.vaquita.session;

import static io.vaquita.session.SqlLines.query;
import static io.vaquita.session.SqlLines.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ALTER TABLE leaves behind that fails while it copies rows: nothing. */
class FailedCopyTest {
  @TempDir Path directory;

  /** A copy that fails leaves the numbers of rows, of values and of AUTO_INCREMENT above what the table has. */
  @Test
  void numbersDoNotGoBackAfterAFailedCopy() {
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      run(session, "CREATE DATABASE d", "USE d");
      run(session, "CREATE TABLE t (c INT, b LONGTEXT)");
      run(session, "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, c INT)");
      for (String c : List.of("1", "2", "NULL", "4", "5", "6")) {
        run(session, "INSERT INTO t VALUES (" + c + ", REPEAT('v', 4000))");
        run(session, "INSERT INTO a (c) VALUES (" + c + ")");
      }
    }
    try (Database database = Database.open(directory);
        Session session = database.connect()) {
      run(session, "USE d");
      for (String name : List.of("t", "a")) {
        assertThrows(
            DatabaseException.class,
            () -> run(session, "ALTER TABLE " + name + " MODIFY c INT NOT NULL"));
      }
      for (int i = 10; i < 14; i++) {
        run(session, "INSERT INTO t VALUES (" + i + ", REPEAT('w', 4000))");
        run(session, "INSERT INTO a (c) VALUES (" + i + ")");
      }
      assertEquals(List.of("10,64"), query(session, "SELECT COUNT(*), SUM(c) FROM t"));
      assertEquals(
          List.of("6,v", "4,w"),
          query(session, "SELECT COUNT(*), LEFT(b, 1) FROM t GROUP BY 2 ORDER BY 2"));
      assertEquals(List.of("10,10"), query(session, "SELECT COUNT(*), MAX(id) FROM a"));
      assertEquals(
          List.of("d.t,check,status,OK", "d.a,check,status,OK"),
          query(session, "CHECK TABLE t, a"));
    }
  }
}
