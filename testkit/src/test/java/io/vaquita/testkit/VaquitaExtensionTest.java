package io.vaquita.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Each test has its own copy of what was prepared once. */
@VaquitaTest(preparation = VaquitaExtensionTest.Schema.class, driver = JdbcDriver.MARIADB)
final class VaquitaExtensionTest {
  private static final AtomicInteger PREPARED = new AtomicInteger();

  /** One table with one row. */
  static final class Schema implements Preparation {
    @Override
    public void prepare(DataSource source) throws SQLException {
      PREPARED.incrementAndGet();
      try (Connection connection = source.getConnection()) {
        execute(connection, "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      }
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }

  @BeforeEach
  void addsARow(Connection connection) throws SQLException {
    execute(connection, "INSERT INTO t VALUES (2)");
  }

  @RepeatedTest(3)
  void eachTestHasItsOwnCopy(Connection connection, DataSource source) throws SQLException {
    assertEquals(2, count(connection));
    execute(connection, "INSERT INTO t VALUES (3)");
    try (Connection other = source.getConnection()) {
      assertEquals(3, count(other), "both parameters are of one database");
    }
    assertEquals(1, PREPARED.get());
  }

  @Test
  void parametersOfOneTestAreOfOneDatabase(TestDatabase test, Database database) {
    assertSame(test.database(), database);
    assertTrue(test.url().startsWith("jdbc:mariadb://127.0.0.1:"), test.url());
    try (TestDatabase copy = test.fork()) {
      assertNotSame(test.url(), copy.url());
    }
  }
}
