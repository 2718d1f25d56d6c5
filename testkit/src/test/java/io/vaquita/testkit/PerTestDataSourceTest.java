package io.vaquita.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.JdbcDriver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One data source, a database for each test. */
@Timeout(60)
final class PerTestDataSourceTest {
  private final PerTestDataSource source = PerTestDataSource.create("shop", JdbcDriver.CONNECTOR_J);

  @BeforeEach
  void fill() throws SQLException {
    run("CREATE TABLE t (a INT)");
    run("INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void close() {
    source.close();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = source.getConnection("root", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void whatATestDoesGoesWithIt() throws SQLException {
    source.beginTest();
    run("INSERT INTO t VALUES (2)");
    assertEquals(2, rows());
    source.endTest();
    source.beginTest();
    assertEquals(1, rows());
    source.endTest();
    assertEquals(1, rows());
  }

  @Test
  void whatIsPreparedBetweenTestsStays() throws SQLException {
    source.beginTest();
    source.endTest();
    run("INSERT INTO t VALUES (2)");
    source.beginTest();
    assertEquals(2, rows());
  }

  @Test
  void twoTestsAtOnceAreRefused() {
    source.beginTest();
    assertThrows(IllegalStateException.class, source::beginTest);
    source.endTest();
    source.endTest();
    source.beginTest();
  }

  @Test
  void connectionsOfATestEndWithIt() throws SQLException {
    source.beginTest();
    try (Connection connection = source.getConnection()) {
      source.endTest();
      assertFalse(connection.isValid(5));
    }
  }

  @Test
  void unwrapsToItself() throws SQLException {
    assertSame(source, source.unwrap(PerTestDataSource.class));
    assertTrue(source.isWrapperFor(DataSource.class));
    assertThrows(SQLException.class, () -> source.unwrap(Connection.class));
  }
}
