package io.vaquita.spec.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.vaquita.Database;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import io.vaquita.spec.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/guide/named-locks.md: its Java is the code of {@link NamedLocks}, which works; its SQL gives the results that it names. */
@Timeout(60)
final class NamedLocksGuideTest {
  private final Database database = Database.inMemory();
  private final MysqlDataSource source = new MysqlDataSource();
  private VaquitaServer server;

  @BeforeEach
  void start() throws IOException, SQLException {
    server =
        VaquitaServer.start(
            database, ServerOptions.onFreePort(), new PrintStream(OutputStream.nullOutputStream()));
    source.setUrl(
        "jdbc:mysql://127.0.0.1:"
            + server.port()
            + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true");
    source.setUser("root");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
      statement.execute(
          "CREATE TABLE shop.report (id INT PRIMARY KEY, value TEXT, token BIGINT UNSIGNED NOT NULL)");
      statement.execute("INSERT INTO shop.report VALUES (1, '', 0)");
    }
  }

  @AfterEach
  void stop() {
    server.close(Duration.ofMillis(100));
    database.close();
  }

  @Test
  void itsJavaIsCompiled() throws IOException {
    List<String> compiled =
        GuideText.regions(Project.read("spec/src/test/java/io/vaquita/spec/guide/NamedLocks.java"));
    assertEquals(compiled, new GuideText("named-locks.md").blocks("java"));
  }

  /** Statements end with {@code ;}, a comment behind it is the first row; {@code -- a:} changes the connection. */
  @Test
  void itsSqlAnswersAsItSays() throws Exception {
    Map<String, Connection> connections = new HashMap<>();
    for (String block : new GuideText("named-locks.md").blocks("sql")) {
      Connection connection = connections.computeIfAbsent("a", name -> open());
      for (String line : block.lines().filter(l -> !l.isBlank()).toList()) {
        if (line.startsWith("-- ")) {
          connection =
              connections.computeIfAbsent(line.substring(3).replace(":", ""), name -> open());
          continue;
        }
        int end = line.indexOf(';');
        String said = line.substring(end + 1).strip();
        String got = ask(connection, line.substring(0, end));
        assertEquals(
            said.isEmpty() ? "" : said.substring("-- ".length()), said.isEmpty() ? "" : got, line);
      }
    }
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }

  private Connection open() {
    try {
      Connection connection = source.getConnection();
      connection.setCatalog("shop");
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ask(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return statement.getUpdateCount() + " changed";
      }
      try (ResultSet result = statement.getResultSet()) {
        List<String> values = new ArrayList<>();
        if (result.next()) {
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(String.valueOf(result.getString(i)));
          }
        }
        return String.join(", ", values);
      }
    } catch (SQLException e) {
      return "error " + e.getErrorCode();
    }
  }

  @Test
  void migrationsRunOneAfterTheOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  NamedLocks.migrate(
                      source,
                      connection -> {
                        assertEquals(1, inside.incrementAndGet());
                        try (Statement statement = connection.createStatement()) {
                          statement.execute("CREATE TABLE IF NOT EXISTS shop.made (a INT)");
                        }
                        done.incrementAndGet();
                        inside.decrementAndGet();
                      });
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    all.forEach(CompletableFuture::join);
    assertEquals(4, done.get());
  }

  @Test
  void aJobThatRunsIsNotBegunAgain() throws SQLException {
    List<Boolean> inner = new ArrayList<>();
    assertTrue(
        NamedLocks.runOnce(
            source,
            "nightly",
            () -> {
              try {
                inner.add(NamedLocks.runOnce(source, "nightly", () -> inner.add(true)));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }));
    assertEquals(List.of(false), inner);
    assertTrue(NamedLocks.runOnce(source, "nightly", () -> {}));
  }

  @Test
  void theNextLeaderHasAHigherNumberAndTheOldOneIsRefused() throws Exception {
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      AtomicBoolean goesOn = new AtomicBoolean(true);
      NamedLocks.lead(
          source,
          token -> {
            tokens.add(token);
            goesOn.set(false);
          },
          goesOn::get);
    }
    assertTrue(tokens.get(0) < tokens.get(1), tokens::toString);
    try (Connection store = open()) {
      assertTrue(NamedLocks.write(store, 1, "new", tokens.get(1)));
      assertFalse(NamedLocks.write(store, 1, "old", tokens.get(0)));
      assertEquals("new", ask(store, "SELECT value FROM report WHERE id = 1"));
    }
  }

  @Test
  void aConnectionGoesBackWithoutLocks() throws SQLException {
    try (Connection connection = open()) {
      assertTrue(NamedLocks.acquire(connection, "x", 0));
      assertTrue(NamedLocks.acquire(connection, "x", 0));
      assertTrue(NamedLocks.release(connection, "x"));
      assertEquals(1, NamedLocks.releaseAll(connection));
      assertFalse(NamedLocks.release(connection, "x"));
      assertNotNull(database);
    }
  }
}
