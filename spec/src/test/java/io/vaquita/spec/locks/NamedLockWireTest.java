package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.JdbcConnection;
import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.protocol.ColumnDefinition;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Named locks over the wire: metadata as a real MySQL sends it, prepared statements, and all the ways in which connections end. */
@Timeout(120)
final class NamedLockWireTest {
  private static final int BINARY = 128;
  private static final int UNSIGNED = 32;
  private static final int NOT_NULL = 1;
  private static final int LONGLONG = 8;
  private static final int BINARY_COLLATION = 63;

  private final Database database = Database.inMemory();
  private VaquitaServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        VaquitaServer.start(
            database, ServerOptions.onFreePort(), new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void stop() {
    server.close(Duration.ofMillis(100));
    database.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + server.port()
            + "/?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true&useServerPrepStmts=true");
  }

  private WireClient connectRaw() throws IOException {
    return WireClient.connect(new InetSocketAddress("127.0.0.1", server.port()), "root", "", null);
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  private static long idOf(Connection connection) throws SQLException {
    return Long.parseLong(ask(connection, "SELECT CONNECTION_ID()"));
  }

  private CompletableFuture<String> waits(Connection connection, String sql) throws SQLException {
    long id = idOf(connection);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ask(connection, sql);
              } catch (SQLException e) {
                return "error " + e.getErrorCode();
              }
            },
            task -> Thread.ofVirtual().start(task));
    assertNotNull(database.awaitBlocked(id, answer::isDone, Duration.ofSeconds(30)));
    return answer;
  }

  private static ColumnDefinition column(String name, int length, int flags) {
    return new ColumnDefinition("", "", "", name, "", BINARY_COLLATION, length, LONGLONG, flags, 0);
  }

  @Test
  void metadataIsMySqls() throws IOException {
    try (WireClient client = connectRaw()) {
      String sql =
          "SELECT GET_LOCK('m', 0), RELEASE_LOCK('m'), IS_FREE_LOCK('m'), IS_USED_LOCK('m'),"
              + " RELEASE_ALL_LOCKS() AS x";
      assertEquals(
          List.of(
              column("GET_LOCK('m', 0)", 1, BINARY),
              column("RELEASE_LOCK('m')", 1, BINARY),
              column("IS_FREE_LOCK('m')", 1, BINARY),
              column("IS_USED_LOCK('m')", 21, BINARY | UNSIGNED),
              column("x", 21, BINARY | UNSIGNED | NOT_NULL)),
          client.query(sql).getFirst().columns());
      assertEquals(
          List.of(
              column("GET_LOCK(?, ?)", 1, BINARY),
              column("IS_USED_LOCK(?)", 21, BINARY | UNSIGNED)),
          client.prepare("SELECT GET_LOCK(?, ?), IS_USED_LOCK(?)").columns());
    }
  }

  @Test
  void connectorJSeesTheTypes() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT GET_LOCK('m', 0), IS_USED_LOCK('m'), RELEASE_ALL_LOCKS()")) {
      ResultSetMetaData columns = result.getMetaData();
      assertEquals(Types.BIGINT, columns.getColumnType(1));
      assertEquals(ResultSetMetaData.columnNullable, columns.isNullable(1));
      assertEquals("BIGINT UNSIGNED", columns.getColumnTypeName(2));
      assertEquals(ResultSetMetaData.columnNoNulls, columns.isNullable(3));
      result.next();
      assertEquals(1, result.getInt(1));
      assertEquals(idOf(connection), result.getLong(2));
    }
  }

  @Test
  void preparedWithParametersOfEveryKind() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement take = connection.prepareStatement("SELECT GET_LOCK(?, ?)");
        PreparedStatement give = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
      for (Object name : List.of("name", 17, 17L, new java.math.BigDecimal("1.50"), 2.5d, true)) {
        take.setObject(1, name);
        for (Object timeout : List.of(0, 10L, "1", 0.4d)) {
          take.setObject(2, timeout);
          assertEquals("1", first(take), () -> name + ", " + timeout);
        }
        give.setObject(1, name);
        assertEquals("1", first(give));
        assertEquals("4", ask(connection, "SELECT 1 + RELEASE_ALL_LOCKS()"));
      }
      take.setString(1, "null timeout");
      take.setNull(2, Types.INTEGER);
      assertEquals("1", first(take));
      take.setNull(1, Types.VARCHAR);
      assertEquals(3057, failure(take));
      take.setString(1, "");
      assertEquals(3057, failure(take));
      take.setString(1, "x".repeat(65));
      assertEquals(4163, failure(take));
    }
  }

  private static String first(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getString(1);
    }
  }

  private static int failure(PreparedStatement statement) {
    try {
      return first(statement).length();
    } catch (SQLException e) {
      return e.getErrorCode();
    }
  }

  @Test
  void resetAndChangeOfUserReleaseNamedLocks() throws SQLException {
    try (Connection holder = connect();
        Connection heir = connect()) {
      ask(holder, "SELECT GET_LOCK('x', 0) + GET_LOCK('x', 0)");
      CompletableFuture<String> first = waits(heir, "SELECT GET_LOCK('x', -1)");
      holder.unwrap(JdbcConnection.class).resetServerState();
      assertEquals("1", first.join());
      assertEquals("0", ask(holder, "SELECT RELEASE_ALL_LOCKS()"));

      CompletableFuture<String> second = waits(holder, "SELECT GET_LOCK('x', -1)");
      heir.unwrap(JdbcConnection.class).changeUser("root", "");
      assertEquals("1", second.join());
      assertEquals("0", ask(heir, "SELECT RELEASE_ALL_LOCKS()"));
    }
  }

  @Test
  void killConnectionOfTheHolderHandsTheLockOver() throws SQLException {
    try (Connection holder = connect();
        Connection heir = connect();
        Connection third = connect()) {
      ask(holder, "SELECT GET_LOCK('x', 0)");
      CompletableFuture<String> got = waits(heir, "SELECT GET_LOCK('x', -1)");
      third.createStatement().execute("KILL " + idOf(holder));
      assertEquals("1", got.join());
    }
  }

  @Test
  void killConnectionOfAWaiterEndsItsWaitAndItsLocks() throws SQLException {
    try (Connection holder = connect();
        Connection waiter = connect()) {
      ask(holder, "SELECT GET_LOCK('x', 0)");
      ask(waiter, "SELECT GET_LOCK('y', 0)");
      long id = idOf(waiter);
      CompletableFuture<String> answer = waits(waiter, "SELECT GET_LOCK('x', -1)");
      CompletableFuture<String> freed = waits(connect(), "SELECT GET_LOCK('y', -1)");
      holder.createStatement().execute("KILL CONNECTION " + id);
      assertTrue(answer.join().startsWith("error"), answer::join);
      assertEquals("1", freed.join());
      assertEquals(Long.toString(idOf(holder)), ask(holder, "SELECT IS_USED_LOCK('x')"));
    }
  }

  @Test
  void aWaiterWhoseClientIsGoneGetsNothing() throws Exception {
    try (Connection holder = connect();
        WireClient gone = connectRaw()) {
      ask(holder, "SELECT GET_LOCK('x', 0)");
      gone.query("SELECT GET_LOCK('y', 0)");
      gone.sendQuery("SELECT GET_LOCK('x', -1)");
      long id = Integer.toUnsignedLong(gone.connectionId());
      assertNotNull(database.awaitBlocked(id, () -> false, Duration.ofSeconds(30)));
      CompletableFuture<String> freed = waits(connect(), "SELECT GET_LOCK('y', -1)");
      gone.channel().close();
      assertEquals("1", freed.join());
      assertEquals("1", ask(holder, "SELECT RELEASE_LOCK('x')"));
      assertEquals("1", ask(holder, "SELECT IS_FREE_LOCK('x')"));
    }
  }

  @Test
  void aHolderWhoseClientIsGoneLetsGo() throws Exception {
    try (Connection heir = connect();
        WireClient gone = connectRaw()) {
      gone.query("SELECT GET_LOCK('x', 0)");
      CompletableFuture<String> got = waits(heir, "SELECT GET_LOCK('x', -1)");
      gone.channel().close();
      assertEquals("1", got.join());
    }
  }

  @Test
  void shutdownEndsTheWait() throws SQLException {
    try (Session holder = database.connect(ConnectOptions.local());
        Connection waiter = connect()) {
      holder.execute("DO GET_LOCK('x', 0)").close();
      CompletableFuture<String> answer = waits(waiter, "SELECT GET_LOCK('x', -1)");
      server.close(Duration.ofMillis(50));
      assertTrue(answer.join().startsWith("error"), answer::join);
    }
  }
}
