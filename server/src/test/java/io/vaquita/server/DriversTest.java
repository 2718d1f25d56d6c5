package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connector/J and MariaDB Connector/J against the whole database: statements of both protocols with every type, errors. */
final class DriversTest {
  private static final String CONNECTOR_J = "jdbc:mysql://127.0.0.1:PORT/";
  private static final String MARIADB = "jdbc:mariadb://127.0.0.1:PORT/";

  private static Database database;
  private static VaquitaServer server;

  @BeforeAll
  static void start() throws IOException {
    database = Database.inMemory();
    server =
        VaquitaServer.start(
            database,
            ServerOptions.onFreePort(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    ServerFixture.await(() -> server.connectionCount() == 0);
    server.close();
    database.close();
  }

  private static Connection connect(String url) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            url.replace("PORT", Integer.toString(server.port())), "root", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS drivers");
    }
    connection.setCatalog("drivers");
    return connection;
  }

  private static void createTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS t");
      statement.execute(
          """
          CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, tiny TINYINT, small SMALLINT UNSIGNED,
            medium MEDIUMINT, big BIGINT UNSIGNED, exact DECIMAL(10,3), single FLOAT, dbl DOUBLE,
            bits BIT(10), c CHAR(5), v VARCHAR(20), bn BINARY(3), vb VARBINARY(9), tx TEXT, bl BLOB,
            e ENUM('a','b'), s SET('x','y'), da DATE, ti TIME(3), dt DATETIME(6), ts TIMESTAMP NULL,
            y YEAR, j JSON, bo BOOL)\
          """);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONNECTOR_J,
        CONNECTOR_J + "?useServerPrepStmts=true&useCursorFetch=true&defaultFetchSize=1",
        CONNECTOR_J + "?useServerPrepStmts=true&sslMode=DISABLED&useCompression=true",
        MARIADB,
        MARIADB + "?useServerPrepStmts=true&sslMode=trust",
        MARIADB + "?useServerPrepStmts=true&useCompression=true&useBulkStmts=false"
      })
  void everyTypeThereAndBack(String url) throws SQLException {
    try (Connection connection = connect(url)) {
      createTable(connection);
      insert(connection);
      try (PreparedStatement select =
          connection.prepareStatement("SELECT * FROM t WHERE id >= ? ORDER BY id")) {
        select.setInt(1, 0);
        try (ResultSet row = select.executeQuery()) {
          assertTrue(row.next());
          check(row);
          assertTrue(row.next());
          assertEquals("b", row.getString("v"));
          row.getObject("tiny");
          assertTrue(row.wasNull());
          assertFalse(row.next());
        }
      }
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("SELECT * FROM t WHERE id = 1")) {
        assertTrue(row.next());
        check(row);
      }
    }
  }

  private static void insert(Connection connection) throws SQLException {
    String sql =
        "INSERT INTO t (tiny, small, medium, big, exact, single, dbl, bits, c, v, bn, vb, tx, bl,"
            + " e, s, da, ti, dt, ts, y, j, bo) VALUES"
            + " (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      int i = 0;
      insert.setByte(++i, (byte) -128);
      insert.setInt(++i, 65535);
      insert.setInt(++i, -8388608);
      insert.setBigDecimal(++i, new BigDecimal("18446744073709551615"));
      insert.setBigDecimal(++i, new BigDecimal("-1234567.891"));
      insert.setFloat(++i, 1.25f);
      insert.setDouble(++i, 0.1);
      insert.setInt(++i, 5);
      insert.setString(++i, "abc");
      insert.setString(++i, "日本 é 🐬");
      insert.setBytes(++i, new byte[] {1, 0, (byte) 0xFF});
      insert.setBytes(++i, new byte[] {(byte) 0x80, '\'', '\\'});
      insert.setString(++i, "x".repeat(60000));
      insert.setBinaryStream(++i, new ByteArrayInputStream(new byte[] {0, 1, 2}), 3);
      insert.setString(++i, "b");
      insert.setString(++i, "x,y");
      insert.setString(++i, "2024-02-29");
      insert.setString(++i, "-123:59:59.125");
      insert.setTimestamp(++i, Timestamp.valueOf("2024-02-29 23:59:59.123456"));
      insert.setTimestamp(++i, Timestamp.valueOf("2024-06-01 12:00:00"));
      insert.setInt(++i, 1999);
      insert.setString(++i, "{\"a\": [1, \"é\"]}");
      insert.setBoolean(++i, true);
      assertEquals(1, insert.executeUpdate());
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertTrue(keys.next());
        assertEquals(1, keys.getLong(1));
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t (tiny, v) VALUES (?, ?)")) {
      insert.setNull(1, java.sql.Types.INTEGER);
      insert.setString(2, "b");
      assertEquals(1, insert.executeUpdate());
    }
  }

  private static void check(ResultSet row) throws SQLException {
    assertEquals(-128, row.getByte("tiny"));
    assertEquals(65535, row.getInt("small"));
    assertEquals(-8388608, row.getInt("medium"));
    assertEquals("18446744073709551615", row.getString("big"));
    assertEquals(new BigDecimal("-1234567.891"), row.getBigDecimal("exact"));
    assertEquals(1.25f, row.getFloat("single"));
    assertEquals(0.1, row.getDouble("dbl"));
    assertArrayEquals(new byte[] {0, 5}, row.getBytes("bits"));
    assertEquals("abc", row.getString("c"));
    assertEquals("日本 é 🐬", row.getString("v"));
    assertArrayEquals(new byte[] {1, 0, (byte) 0xFF}, row.getBytes("bn"));
    assertArrayEquals(new byte[] {(byte) 0x80, '\'', '\\'}, row.getBytes("vb"));
    assertEquals(60000, row.getString("tx").length());
    assertArrayEquals(new byte[] {0, 1, 2}, row.getBytes("bl"));
    assertEquals("b", row.getString("e"));
    assertEquals("x,y", row.getString("s"));
    assertEquals("2024-02-29", row.getString("da"));
    // MariaDB's driver shows microseconds in the binary protocol
    assertEquals("-123:59:59.125", row.getString("ti").replaceFirst("000$", ""));
    assertEquals(
        LocalDateTime.parse("2024-02-29T23:59:59.123456"),
        row.getTimestamp("dt").toLocalDateTime());
    assertEquals(
        LocalDateTime.parse("2024-06-01T12:00:00"), row.getTimestamp("ts").toLocalDateTime());
    assertEquals(1999, row.getInt("y"));
    assertEquals("{\"a\": [1, \"é\"]}", row.getString("j"));
    assertTrue(row.getBoolean("bo"));
  }

  @ParameterizedTest
  @CsvSource({
    "connectorj-text, ?allowMultiQueries=true",
    "connectorj-prepared, ?allowMultiQueries=true&useServerPrepStmts=true&useCursorFetch=true",
    "mariadb-java-text, ?allowMultiQueries=true",
    "mariadb-java-prepared, ?allowMultiQueries=true&useServerPrepStmts=true"
  })
  void whatADriverSeesOfMySql(String name, String options) throws IOException, SQLException {
    String start = name.startsWith("mariadb") ? MARIADB : CONNECTOR_J;
    int port = ClientTranscripts.isRecording() ? ClientTranscripts.recordedPort() : server.port();
    String url = start.replace("PORT", Integer.toString(port)) + options;
    try (Connection connection = DriverManager.getConnection(url, "root", "")) {
      String schema = name.replace('-', '_');
      String seen =
          new JdbcTranscript(connection, schema, name.endsWith("prepared"))
              .run(ClientTranscripts.folder().resolve("statements.sql"));
      ClientTranscripts.check(name, seen);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONNECTOR_J,
        MARIADB,
        CONNECTOR_J + "?useServerPrepStmts=true",
        MARIADB + "?useServerPrepStmts=true"
      })
  void errorsCarryNumberAndState(String url) throws SQLException {
    try (Connection connection = connect(url)) {
      createTable(connection);
      assertError(connection, 1146, "42S02", "SELECT * FROM missing");
      assertError(connection, 1054, "42S22", "SELECT missing FROM t");
      assertError(connection, 1064, "42000", "SELECT FROM WHERE");
      assertError(connection, 1049, "42000", "USE missing");
      assertError(connection, 1062, "23000", "INSERT INTO t (id, c) VALUES (1, 'a'), (1, 'b')");
    }
  }

  private static void assertError(Connection connection, int number, String state, String sql) {
    SQLException error =
        assertThrows(
            SQLException.class,
            () -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
              }
            });
    assertEquals(number, error.getErrorCode(), error.getMessage());
    assertEquals(state, error.getSQLState());
  }

  @ParameterizedTest
  @ValueSource(strings = {CONNECTOR_J, MARIADB})
  void transactionsAndConnectionState(String url) throws SQLException {
    try (Connection connection = connect(url)) {
      createTable(connection);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO t (tiny) VALUES (1), (2)");
        connection.rollback();
        statement.executeUpdate("INSERT INTO t (tiny) VALUES (3)");
        connection.commit();
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*), MAX(tiny) FROM t")) {
          assertTrue(rows.next());
          assertEquals(1, rows.getInt(1));
          assertEquals(3, rows.getInt(2));
        }
      }
      assertTrue(connection.isValid(5));
      assertEquals("drivers", connection.getCatalog());
      assertEquals(8, connection.getMetaData().getDatabaseMajorVersion());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CONNECTOR_J + "?allowMultiQueries=true", MARIADB + "?allowMultiQueries=true"})
  void severalResults(String url) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      assertTrue(statement.execute("SELECT 1; SELECT 2, 3"));
      assertTrue(statement.getMoreResults());
      try (ResultSet rows = statement.getResultSet()) {
        assertTrue(rows.next());
        assertEquals(3, rows.getInt(2));
      }
      assertFalse(statement.getMoreResults());
    }
  }
}
