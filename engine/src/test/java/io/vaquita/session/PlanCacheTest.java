package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans outlive definitions that they do not use, and no other. */
final class PlanCacheTest {
  private final Database database = Database.inMemory();
  private final Session session = database.connect(ConnectOptions.local());

  @BeforeEach
  void createTables() {
    run("CREATE DATABASE d");
    run("USE d");
    run("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
    run("CREATE TABLE other (id INT PRIMARY KEY)");
    run("INSERT INTO t VALUES (1, 10), (2, 20)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void aDefinitionElsewhereKeepsThePlan() {
    assertEquals(20, number("SELECT a FROM t WHERE id = 2"));
    long before = hits();
    run("ALTER TABLE other ADD COLUMN b INT");
    assertEquals(10, number("SELECT a FROM t WHERE id = 1"));
    assertEquals(before + 1, hits());
  }

  @Test
  void aDefinitionOfItsTableDropsThePlan() {
    assertEquals(20, number("SELECT a FROM t WHERE id = 2"));
    long before = hits();
    run("ALTER TABLE t ADD COLUMN z INT DEFAULT 7 FIRST");
    assertEquals(10, number("SELECT a FROM t WHERE id = 1"));
    assertEquals(before, hits());
    run("DROP TABLE t");
    run("CREATE TABLE t (a INT, id INT)");
    run("INSERT INTO t VALUES (99, 1)");
    assertEquals(99, number("SELECT a FROM t WHERE id = 1"));
  }

  @Test
  void aViewRedefinedDropsThePlan() {
    run("CREATE VIEW v AS SELECT a FROM t WHERE id = 1");
    assertEquals(10, number("SELECT a FROM v"));
    run("CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE id = 2");
    assertEquals(20, number("SELECT a FROM v"));
  }

  @Test
  void aPreparedStatementFollowsItsTable() {
    try (Session.Prepared prepared = session.prepare("SELECT a FROM t WHERE id = 1")) {
      assertEquals(10, number(prepared.execute(List.of())));
      run("CREATE TABLE third (x INT)");
      assertEquals(10, number(prepared.execute(List.of())));
      run("ALTER TABLE t ADD COLUMN z INT DEFAULT 7 FIRST");
      assertEquals(10, number(prepared.execute(List.of())));
    }
  }

  private long hits() {
    try (Result result =
        session.execute(
            "SELECT VARIABLE_VALUE + 0 FROM performance_schema.global_status WHERE VARIABLE_NAME ="
                + " 'Vaquita_plan_cache_hits'")) {
      result.next();
      return result.getLong(0);
    }
  }

  private long number(String sql) {
    return number(session.execute(sql));
  }

  private static long number(Result rows) {
    try (rows) {
      rows.next();
      return rows.getLong(0);
    }
  }

  private void run(String sql) {
    session.execute(sql).close();
  }
}
