package io.vaquita.client;

import static io.vaquita.client.Peer.await;
import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.client.failure.ConnectTimeoutException;
import io.vaquita.client.failure.ConnectionLostException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard and the clean-up at handing back, with each server and driver. */
@Timeout(120)
final class GuardedDataSourceTest {
  private final List<GuardEvent> events = new CopyOnWriteArrayList<>();

  private GuardOptions.Builder options() {
    return GuardOptions.builder().maximumSize(1).listener(events::add);
  }

  private GuardedDataSource over(Peer peer) {
    return GuardedDataSource.over(peer.source(), options().build());
  }

  private <T extends GuardEvent> T event(Class<T> type) {
    await(() -> events.stream().anyMatch(type::isInstance));
    return type.cast(events.stream().filter(type::isInstance).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aSecondThreadDuringACallGetsBothStacks(Peer peer) throws Exception {
    try (GuardedDataSource source = over(peer);
        Connection holder = peer.source().getConnection();
        Connection shared = source.getConnection()) {
      assertEquals(1, number(holder, "SELECT GET_LOCK('guard', 0)"));
      FutureTask<String> first = new FutureTask<>(() -> waitsInACall(shared));
      Thread.ofVirtual().name("first").start(first);
      await(() -> Peer.waitsForNamedLock(holder));
      SharedConnectionException error =
          assertThrows(SharedConnectionException.class, shared::getMetaData);
      assertTrue(error.getMessage().contains("Connection.getMetaData"), error.getMessage());
      assertTrue(
          Arrays.stream(error.getCause().getStackTrace())
              .anyMatch(e -> e.getMethodName().equals("waitsInACall")),
          "the cause is where the first thread stands");
      assertTrue(
          Arrays.stream(error.getStackTrace())
              .anyMatch(e -> e.getMethodName().equals("aSecondThreadDuringACallGetsBothStacks")));
      one(holder, "SELECT RELEASE_LOCK('guard')");
      assertEquals("1", first.get(), "the first thread's answer is its own");
      assertEquals("17", one(shared, "SELECT 17"));
      event(GuardEvent.SharedUse.class);
    }
  }

  private static String waitsInACall(Connection connection) throws SQLException {
    return one(connection, "SELECT GET_LOCK('guard', 60)");
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void useAfterHandingBackIsRefused(Peer peer) throws SQLException {
    try (GuardedDataSource source = over(peer)) {
      Connection connection = source.getConnection();
      Statement statement = connection.createStatement();
      ResultSet rows = statement.executeQuery("SELECT 1");
      connection.close();
      connection.close();
      assertTrue(connection.isClosed());
      for (org.junit.jupiter.api.function.Executable use :
          List.<org.junit.jupiter.api.function.Executable>of(
              connection::createStatement, () -> statement.execute("SELECT 2"), rows::next)) {
        ReturnedConnectionException error = assertThrows(ReturnedConnectionException.class, use);
        assertEquals("08003", error.getSQLState());
        assertTrue(
            error.getCause().getMessage().contains("handed back here"),
            "where it was handed back is the cause");
        assertEquals(1, error.getCause().getSuppressed().length, "and where it was borrowed");
      }
      statement.close();
      rows.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aConnectionMayGoFromThreadToThreadBetweenCalls(Peer peer) throws Exception {
    try (GuardedDataSource source = over(peer);
        Connection connection = source.getConnection()) {
      FutureTask<String> other = new FutureTask<>(() -> one(connection, "SELECT 2"));
      Thread.startVirtualThread(other);
      assertEquals("2", other.get());
      assertEquals("1", one(connection, "SELECT 1"));
      assertSame(connection, connection.createStatement().getConnection());
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void anOpenTransactionIsRolledBackAndReported(Peer peer) throws SQLException {
    try (GuardedDataSource source = over(peer)) {
      try (Connection connection = source.getConnection()) {
        execute(
            connection,
            "DROP TABLE IF EXISTS open_work",
            "CREATE TABLE open_work (id INT PRIMARY KEY)",
            "START TRANSACTION",
            "INSERT INTO open_work VALUES (1)");
      }
      assertEquals(1, reports(GuardEvent.OpenTransactionRolledBack.class));
      try (Connection connection = source.getConnection()) {
        assertTrue(connection.getAutoCommit());
        assertEquals(0, number(connection, "SELECT COUNT(*) FROM open_work"));
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        execute(connection, "INSERT INTO open_work VALUES (2)");
      }
      assertEquals(2, reports(GuardEvent.OpenTransactionRolledBack.class));
      try (Connection connection = source.getConnection()) {
        assertTrue(connection.getAutoCommit());
        assertEquals(Connection.TRANSACTION_REPEATABLE_READ, connection.getTransactionIsolation());
        assertEquals(0, number(connection, "SELECT COUNT(*) FROM open_work"));
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO open_work VALUES (3)");
        connection.commit();
      }
      assertEquals(2, reports(GuardEvent.OpenTransactionRolledBack.class), "committed: no report");
    }
  }

  private long reports(Class<? extends GuardEvent> type) {
    return events.stream().filter(type::isInstance).count();
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void namedLocksAreReleased(Peer peer) throws SQLException {
    try (GuardedDataSource source = over(peer);
        Connection other = peer.source().getConnection()) {
      try (Connection connection = source.getConnection()) {
        execute(connection, "SELECT GET_LOCK('left', 0), get_lock('behind', 0)");
      }
      assertEquals(1, number(other, "SELECT IS_FREE_LOCK('left') AND IS_FREE_LOCK('behind')"));
      assertEquals(2, event(GuardEvent.NamedLocksReleased.class).count());
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void theSessionIsAsNewForTheNextBorrower(Peer peer) throws SQLException {
    try (GuardedDataSource source = over(peer)) {
      String modeBefore;
      String charsetBefore;
      try (Connection connection = source.getConnection()) {
        modeBefore = one(connection, "SELECT @@sql_mode");
        charsetBefore = one(connection, "SELECT @@character_set_client");
        execute(
            connection,
            "SET @left = 'behind'",
            "SET SESSION sql_mode = 'ANSI'",
            "CREATE TEMPORARY TABLE IF NOT EXISTS scratch (id INT)",
            "USE information_schema");
      }
      try (Connection connection = source.getConnection()) {
        assertEquals(null, one(connection, "SELECT @left"));
        assertEquals(modeBefore, one(connection, "SELECT @@sql_mode"));
        assertEquals(charsetBefore, one(connection, "SELECT @@character_set_client"));
        assertEquals(Peer.SCHEMA, one(connection, "SELECT DATABASE()"));
        assertThrows(SQLException.class, () -> execute(connection, "SELECT * FROM scratch"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aConnectionThatDiedWhileIdleIsReplaced(Peer peer) throws SQLException {
    GuardOptions always = options().validateAfterIdle(Duration.ZERO).build();
    try (GuardedDataSource source = GuardedDataSource.over(peer.source(), always);
        Connection other = peer.source().getConnection()) {
      long id;
      try (Connection connection = source.getConnection()) {
        id = number(connection, "SELECT CONNECTION_ID()");
      }
      execute(other, "KILL " + id);
      awaitGone(other, id);
      try (Connection connection = source.getConnection()) {
        assertNotEquals(id, number(connection, "SELECT CONNECTION_ID()"));
      }
      assertTrue(event(GuardEvent.ConnectionDropped.class).reason().contains("does not answer"));
    }
  }

  static void awaitGone(Connection other, long id) {
    await(
        () -> {
          try {
            return number(
                    other, "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id)
                == 0;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aConnectionThatDiesInUseSaysWhyAndIsNotLentAgain(Peer peer) throws SQLException {
    try (GuardedDataSource source = over(peer);
        Connection other = peer.source().getConnection()) {
      try (Connection connection = source.getConnection()) {
        long id = number(connection, "SELECT CONNECTION_ID()");
        execute(other, "KILL " + id);
        awaitGone(other, id);
        SQLException error =
            assertThrows(SQLException.class, () -> execute(connection, "SELECT 1", "SELECT 1"));
        assertInstanceOf(ConnectionLostException.class, error);
        assertTrue(error.getMessage().contains("likely cause"), error.getMessage());
      }
      try (Connection connection = source.getConnection()) {
        assertEquals("1", one(connection, "SELECT 1"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aStatementThatTakesTooLongIsCancelled(Peer peer) throws SQLException {
    GuardOptions brief = options().queryTimeout(Duration.ofSeconds(1)).build();
    try (GuardedDataSource source = GuardedDataSource.over(peer.source(), brief);
        Connection holder = peer.source().getConnection()) {
      number(holder, "SELECT GET_LOCK('query', 0)");
      try (Connection connection = source.getConnection()) {
        try {
          String granted = one(connection, "SELECT GET_LOCK('query', 1000)");
          assertEquals(null, granted, "MariaDB gives NULL to a killed GET_LOCK");
        } catch (SQLException e) {
          assertNotEquals(0, e.getErrorCode() + String.valueOf(e.getSQLState()).length());
        }
        assertEquals("1", one(connection, "SELECT 1"), "the connection lives on");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aServerThatDoesNotAnswerIsGivenUp(Peer peer) throws SQLException {
    GuardOptions brief =
        options().queryTimeout(Duration.ZERO).socketTimeout(Duration.ofMillis(300)).build();
    try (GuardedDataSource source = GuardedDataSource.over(peer.source(), brief);
        Connection holder = peer.source().getConnection()) {
      number(holder, "SELECT GET_LOCK('socket', 0)");
      try (Connection connection = source.getConnection()) {
        assertThrows(
            ConnectionLostException.class,
            () -> one(connection, "SELECT GET_LOCK('socket', 1000)"));
      }
      try (Connection connection = source.getConnection()) {
        assertEquals("1", one(connection, "SELECT 1"));
      }
    }
  }

  @Test
  void aLoginThatNeverEndsIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      GuardOptions brief = options().connectTimeout(Duration.ofMillis(200)).build();
      try (GuardedDataSource source =
          GuardedDataSource.over(Peer.VAQUITA_BY_MARIADB_J.source(silent.getLocalPort()), brief)) {
        assertThrows(ConnectTimeoutException.class, source::getConnection);
        assertThrows(ConnectTimeoutException.class, source::getConnection, "the place is free");
        assertEquals(new PoolState(0, 0, 0, false), source.state());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aForgottenConnectionIsReportedWithItsBorrower(Peer peer) throws SQLException {
    GuardOptions soon = options().leakThreshold(Duration.ofMillis(1)).build();
    try (GuardedDataSource source = GuardedDataSource.over(peer.source(), soon);
        Connection forgotten = source.getConnection()) {
      GuardEvent.LeakSuspected leak = event(GuardEvent.LeakSuspected.class);
      assertTrue(
          Arrays.stream(leak.borrowed().getStackTrace())
              .anyMatch(
                  e -> e.getMethodName().equals("aForgottenConnectionIsReportedWithItsBorrower")));
      assertFalse(forgotten.isClosed());
    }
  }

  /** Without the hook, as when an image is restored that was taken by somebody else's means. */
  @ParameterizedTest
  @EnumSource(Peer.class)
  void aConnectionOfAnotherLifeIsDroppedWithoutAWord(Peer peer) throws Exception {
    ProcessIdentity.Source identity = new ProcessIdentity.Source();
    GuardOptions one = options().build();
    try (ConnectionPool pool = new ConnectionPool(peer.source(), one, identity)) {
      GuardedCalls calls = new GuardedCalls(one);
      calls.guard(pool.borrow()).close();
      identity.restored();
      calls.guard(pool.borrow()).close();
      assertTrue(event(GuardEvent.ConnectionDropped.class).reason().contains("another process"));
    }
  }
}
