package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Access;
import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drivers of the same JVM without a port, further ports, and forks. */
@Timeout(120)
final class InProcessTest {
  private static Connection connect(Database database, JdbcDriver driver) throws SQLException {
    return DriverManager.getConnection(database.connectUrl(driver));
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aDriverReachesTheDatabaseWithoutAPort(JdbcDriver driver) throws SQLException {
    try (Database database = Database.inMemory();
        Connection connection = connect(database, driver)) {
      execute(
          connection,
          "CREATE DATABASE d",
          "USE d",
          "CREATE TABLE t (id INT PRIMARY KEY, v LONGBLOB)");
      byte[] large = new byte[300_000];
      Arrays.fill(large, (byte) 7);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO d.t VALUES (?, ?)")) {
        insert.setInt(1, 1);
        insert.setBytes(2, large);
        assertEquals(1, insert.executeUpdate());
      }
      assertEquals(300_000, number(connection, "SELECT LENGTH(v) FROM d.t"));
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT v FROM d.t")) {
        assertTrue(rows.next());
        assertEquals(300_000, rows.getBytes(1).length);
      }
      assertThrows(SQLException.class, () -> execute(connection, "SELECT * FROM d.missing"));
      assertTrue(connection.isValid(5));
    }
  }

  @Test
  void allWaysInSeeTheSameDataAndLocks() throws Exception {
    try (Database database = Database.inMemory();
        Connection inside = connect(database, JdbcDriver.CONNECTOR_J)) {
      Access.Listener listener = database.listen(0);
      Connection byPort =
          DriverManager.getConnection(
              "jdbc:mariadb://127.0.0.1:" + listener.port() + "/?user=root");
      execute(inside, "CREATE DATABASE d", "CREATE TABLE d.t (id INT PRIMARY KEY)");
      execute(byPort, "INSERT INTO d.t VALUES (1)");
      assertEquals(1, number(inside, "SELECT COUNT(*) FROM d.t"));
      assertEquals(1, number(byPort, "SELECT GET_LOCK('one', 0)"));
      assertEquals(0, number(inside, "SELECT GET_LOCK('one', 0)"));
      listener.close();
      assertThrows(
          SQLException.class,
          () ->
              DriverManager.getConnection(
                  "jdbc:mariadb://127.0.0.1:" + listener.port() + "/?user=root"));
      assertEquals(1, number(byPort, "SELECT 1"), "open connections stay");
      byPort.close();
    }
  }

  @Test
  void aClosedConnectionEndsItsSessionAndAClosedDatabaseItsConnections() throws SQLException {
    Database database = Database.inMemory();
    String url = database.connectUrl();
    try (Connection watching = DriverManager.getConnection(url)) {
      long id;
      try (Connection other = DriverManager.getConnection(url)) {
        id = number(other, "SELECT CONNECTION_ID()");
        execute(other, "DO GET_LOCK('held', 0)");
      }
      ServerFixture.await(
          () -> {
            try {
              return number(watching, "SELECT IS_FREE_LOCK('held')") == 1
                  && number(
                          watching,
                          "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id)
                      == 0;
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
      database.close();
      assertThrows(SQLException.class, () -> number(watching, "SELECT 1"));
    }
    assertThrows(SQLException.class, () -> DriverManager.getConnection(url));
  }

  @Test
  void twoDatabasesOfOneJvmAreApart() throws SQLException {
    try (Database one = Database.inMemory();
        Database two = Database.inMemory();
        Connection first = connect(one, JdbcDriver.MARIADB);
        Connection second = connect(two, JdbcDriver.MARIADB)) {
      execute(first, "CREATE DATABASE only_here");
      assertEquals(
          0,
          number(
              second,
              "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'only_here'"));
    }
  }

  @Test
  void aForkGoesItsOwnWay() throws SQLException {
    try (Database origin = Database.inMemory();
        Connection before = connect(origin, JdbcDriver.MARIADB)) {
      execute(
          before,
          "CREATE DATABASE d",
          "CREATE TABLE d.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)",
          "INSERT INTO d.t (v) VALUES (1), (2), (3)",
          "SET GLOBAL max_connections = 77",
          "START TRANSACTION",
          "INSERT INTO d.t (v) VALUES (4)");
      try (Database fork = origin.fork();
          Database second = origin.fork();
          Connection copy = connect(fork, JdbcDriver.MARIADB);
          Connection other = connect(second, JdbcDriver.MARIADB)) {
        assertEquals(3, number(copy, "SELECT COUNT(*) FROM d.t"), "committed rows only");
        assertEquals(77, number(copy, "SELECT @@GLOBAL.max_connections"));
        execute(copy, "INSERT INTO d.t (v) VALUES (10)", "ALTER TABLE d.t ADD COLUMN w INT");
        execute(other, "DELETE FROM d.t WHERE id = 1");
        assertEquals(4, number(copy, "SELECT COUNT(*) FROM d.t"));
        assertEquals(2, number(other, "SELECT COUNT(*) FROM d.t"));
        execute(before, "COMMIT");
        assertEquals(4, number(before, "SELECT COUNT(*) FROM d.t"));
        assertFalse(hasColumnW(before));
        assertTrue(hasColumnW(copy));
      }
      assertEquals(4, number(before, "SELECT COUNT(*) FROM d.t"), "the origin lives on");
    }
  }

  private static boolean hasColumnW(Connection connection) throws SQLException {
    return number(
            connection,
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'd'"
                + " AND column_name = 'w'")
        == 1;
  }

  @Test
  void nothingIsLeftOfAThousandDatabases() throws SQLException {
    int threadsBefore = -1;
    for (int i = 0; i < 1000; i++) {
      try (Database database = Database.inMemory();
          Connection connection = connect(database, JdbcDriver.MARIADB)) {
        assertEquals(1, number(connection, "SELECT 1"));
      }
      if (i == 100) {
        threadsBefore = Thread.activeCount();
      }
    }
    int before = threadsBefore;
    ServerFixture.await(() -> Thread.activeCount() <= before + 5);
  }
}
