package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Many more statements that compute for ever than there are carriers: everybody else still gets in, asks, and kills them. */
@Timeout(120)
@ParameterizedClass
@ValueSource(ints = {1000, 0})
final class LongStatementsTest {
  /** Each would take days. */
  private static final List<String> ENDLESS =
      List.of(
          "SELECT COUNT(*) FROM n a, n b, n c, n d, n e WHERE a.id + b.id + c.id + d.id + e.id < 0",
          "SELECT a.id, COUNT(*) FROM n a, n b, n c, n d, n e GROUP BY a.id, b.id",
          "SELECT BENCHMARK(1000000000000, MD5('x'))",
          "SELECT MAX(x) FROM (SELECT a.id * b.id AS x FROM n a, n b, n c, n d, n e"
              + " ORDER BY CONCAT(a.id, b.id) LIMIT 7) AS sorted");

  private final Database database = Database.inMemory();
  private final VaquitaServer server;

  /** On threads of the operating system, which shares the processors out itself, and on virtual ones, which take turns. */
  LongStatementsTest(int platformConnections) throws IOException, SQLException {
    server =
        VaquitaServer.start(
            database,
            ServerOptions.builder().platformConnections(platformConnections).build(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE busy");
      statement.execute("CREATE TABLE busy.n (id INT PRIMARY KEY)");
      statement.execute(
          "INSERT INTO busy.n WITH RECURSIVE s AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM s"
              + " WHERE i < 1000) SELECT i FROM s");
    }
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private Connection connect(String schema) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + schema, "root", "");
  }

  @Test
  void othersGetInAndKillThem() throws Exception {
    int count = 6 * Runtime.getRuntime().availableProcessors();
    CountDownLatch started = new CountDownLatch(count);
    List<Long> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Connection connection = connect("busy");
        ids.add(connectionId(connection));
        String sql = ENDLESS.get(i % ENDLESS.size());
        running.add(threads.submit(() -> run(connection, sql, started)));
      }
      started.await();
      for (int i = 0; i < 20; i++) {
        try (Connection connection = connect("busy")) {
          assertTrue(connectionId(connection) > 0);
          assertEquals(17, number(connection, "SELECT id FROM n WHERE id = 17"));
        }
      }
      try (Connection connection = connect("busy");
          Statement statement = connection.createStatement()) {
        ServerFixture.await(() -> runningCount(connection) == count);
        for (long id : ids) {
          statement.execute("KILL QUERY " + id);
        }
      }
      for (Future<?> each : running) {
        assertEquals(1317, errorOf(each));
      }
    }
  }

  private static Object run(Connection connection, String sql, CountDownLatch started)
      throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      started.countDown();
      return statement.execute(sql);
    }
  }

  private static long runningCount(Connection connection) {
    try {
      return number(
          connection,
          "SELECT COUNT(*) FROM information_schema.processlist"
              + " WHERE command = 'Query' AND id <> CONNECTION_ID()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int errorOf(Future<?> statement) throws InterruptedException {
    try {
      statement.get();
      return 0;
    } catch (ExecutionException e) {
      return assertInstanceOf(SQLException.class, e.getCause()).getErrorCode();
    }
  }

  private static long connectionId(Connection connection) throws SQLException {
    return number(connection, "SELECT CONNECTION_ID()");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }
}
