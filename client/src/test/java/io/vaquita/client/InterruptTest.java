package io.vaquita.client;

import static io.vaquita.client.Peer.await;
import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that are interrupted in calls of a driver inside the process, of the pool, and of named locks. */
@Timeout(120)
final class InterruptTest {
  @TempDir private Path directory;
  private Database database;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(directory.resolve("data"));
    try (Connection connection = connect(JdbcDriver.CONNECTOR_J)) {
      execute(
          connection,
          "CREATE DATABASE d",
          "CREATE TABLE d.t (id INT PRIMARY KEY, n INT)",
          "INSERT INTO d.t VALUES (1, 0), (2, 0)");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Connection connect(JdbcDriver driver) throws SQLException {
    return DriverManager.getConnection(database.connectUrl(driver));
  }

  /** Until the server has noticed that the session's client is gone. */
  private void awaitEnd(long session) throws SQLException {
    awaitSessions("0", "id = " + session);
  }

  private void awaitSessions(String count, String condition) throws SQLException {
    try (Connection connection = connect(JdbcDriver.CONNECTOR_J)) {
      String sql =
          "SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID()";
      await(
          () -> {
            try {
              return count.equals(one(connection, sql + " AND " + condition));
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  /** A call on a thread of its own, which must find itself marked as interrupted when the call is over. */
  private static final class Call<T> {
    final FutureTask<T> task;
    final Thread thread;

    Call(boolean isVirtual, Callable<T> work) {
      task =
          new FutureTask<>(
              () -> {
                try {
                  return work.call();
                } finally {
                  assertTrue(Thread.currentThread().isInterrupted(), "the mark stays");
                }
              });
      thread = isVirtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
    }

    SQLException failure() {
      ExecutionException thrown = assertThrows(ExecutionException.class, task::get);
      return assertInstanceOf(SQLException.class, thrown.getCause());
    }
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aStatementThatWaitsEndsWithItsSession(JdbcDriver driver) throws Exception {
    for (boolean isVirtual : new boolean[] {false, true}) {
      try (Connection holder = connect(driver);
          Connection victim = connect(driver)) {
        holder.setAutoCommit(false);
        victim.setAutoCommit(false);
        execute(holder, "UPDATE d.t SET n = 1 WHERE id = 1");
        execute(victim, "UPDATE d.t SET n = 2 WHERE id = 2");
        long session = Long.parseLong(one(victim, "SELECT CONNECTION_ID()"));
        Call<Void> call =
            new Call<>(
                isVirtual,
                () -> {
                  execute(victim, "UPDATE d.t SET n = 2 WHERE id = 1");
                  return null;
                });
        assertNotNull(database.awaitBlocked(session, () -> false, Duration.ofSeconds(30)));
        call.thread.interrupt();
        assertTrue(String.valueOf(call.failure().getSQLState()).startsWith("08"));
        assertFalse(victim.isValid(5), "the connection is gone");
        awaitEnd(session);
        execute(holder, "UPDATE d.t SET n = n + 10 WHERE id = 2", "COMMIT");
        assertEquals("10", one(holder, "SELECT n FROM d.t WHERE id = 2"), "it was rolled back");
        assertEquals("1", one(holder, "SELECT n FROM d.t WHERE id = 1"), "nothing came later");
        execute(holder, "UPDATE d.t SET n = 0", "COMMIT");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aThreadThatIsMarkedBeforehandMixesUpNothing(JdbcDriver driver) throws Exception {
    for (int i = 0; i < 50; i++) {
      Connection mine = connect(driver);
      Call<String> call =
          new Call<>(
              i % 2 == 0,
              () -> {
                Thread.currentThread().interrupt();
                return one(mine, "SELECT 'mine'");
              });
      // the answer may have been there before anybody had to wait
      String answer;
      try {
        answer = call.task.get();
      } catch (ExecutionException e) {
        assertInstanceOf(SQLException.class, e.getCause());
        answer = null;
      }
      if (answer == null) {
        assertFalse(mine.isValid(5));
      } else {
        assertEquals("mine", answer);
        assertEquals("next", one(mine, "SELECT 'next'"));
      }
      mine.close();
    }
    awaitSessions("0", "id > 0");
    try (Connection connection = connect(driver)) {
      execute(connection, "UPDATE d.t SET n = 7 WHERE id = 1");
    }
    database.close();
    database = Database.open(directory.resolve("data"));
    try (Connection connection = connect(driver)) {
      assertEquals("7", one(connection, "SELECT n FROM d.t WHERE id = 1"));
    }
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aRowThatIsReadHalfwayIsNobodyElses(JdbcDriver driver) throws Exception {
    try (GuardedDataSource pool = pool(driver, 1)) {
      Call<String> call =
          new Call<>(
              false,
              () -> {
                try (Connection connection = pool.getConnection()) {
                  Thread.currentThread().interrupt();
                  return one(connection, "SELECT REPEAT('x', 1000000)");
                }
              });
      try {
        assertEquals(1_000_000, call.task.get().length());
      } catch (ExecutionException e) {
        assertInstanceOf(SQLException.class, e.getCause());
      }
      assertEquals(0, pool.state().lent());
      try (Connection next = pool.getConnection()) {
        assertEquals("next", one(next, "SELECT 'next'"));
      }
    }
  }

  // ---- the pool

  private DataSource source(JdbcDriver driver) {
    return new UrlSource(database.connectUrl(driver));
  }

  private GuardedDataSource pool(JdbcDriver driver, int size) {
    return GuardedDataSource.over(
        source(driver),
        GuardOptions.builder().maximumSize(size).borrowTimeout(Duration.ofMinutes(1)).build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBorrowerLeavesTheQueue(boolean isVirtual) throws Exception {
    try (GuardedDataSource pool = pool(JdbcDriver.CONNECTOR_J, 1)) {
      Connection held = pool.getConnection();
      Call<Connection> call = new Call<>(isVirtual, pool::getConnection);
      await(() -> pool.state().waiting() == 1);
      call.thread.interrupt();
      assertEquals("08001", call.failure().getSQLState());
      assertEquals(0, pool.state().waiting());
      held.close();
      pool.getConnection().close();
    }
  }

  /** What was handed to a borrower at the moment of its interrupt goes to the next one, or to the borrower. */
  @Test
  void aConnectionHandedToAnInterruptedBorrowerIsNotLost() throws Exception {
    try (GuardedDataSource pool = pool(JdbcDriver.CONNECTOR_J, 1)) {
      for (int i = 0; i < 200; i++) {
        Connection held = pool.getConnection();
        FutureTask<Void> borrowing =
            new FutureTask<>(
                () -> {
                  pool.getConnection().close();
                  return null;
                });
        Thread borrower = Thread.ofPlatform().start(borrowing);
        await(() -> pool.state().waiting() == 1);
        Thread other = Thread.ofPlatform().start(borrower::interrupt);
        held.close();
        other.join();
        borrower.join();
        assertEquals(0, pool.state().lent());
        assertEquals(0, pool.state().waiting());
      }
      pool.getConnection().close();
    }
  }

  @Test
  void aConnectionThatComesTooLateIsClosedAndItsPlaceIsFree() throws Exception {
    CountDownLatch isOpening = new CountDownLatch(1);
    CountDownLatch mayOpen = new CountDownLatch(1);
    AtomicInteger opened = new AtomicInteger();
    Connection[] late = new Connection[1];
    UrlSource slow =
        new UrlSource(database.connectUrl(JdbcDriver.CONNECTOR_J)) {
          @Override
          public Connection getConnection() throws SQLException {
            if (opened.incrementAndGet() > 1) {
              return super.getConnection();
            }
            isOpening.countDown();
            try {
              mayOpen.await();
            } catch (InterruptedException e) {
              throw new SQLException(e);
            }
            late[0] = super.getConnection();
            return late[0];
          }
        };
    try (GuardedDataSource pool =
        GuardedDataSource.over(slow, GuardOptions.builder().maximumSize(1).build())) {
      Call<Connection> call = new Call<>(false, pool::getConnection);
      isOpening.await();
      call.thread.interrupt();
      assertEquals("08001", call.failure().getSQLState());
      pool.getConnection().close();
      mayOpen.countDown();
      await(
          () -> {
            try {
              return late[0] != null && late[0].isClosed();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  // ---- named locks

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aWaitForANamedLockEndsAndTheSessionIsLost(JdbcDriver driver) throws Exception {
    try (GuardedDataSource pool = pool(driver, 5);
        Connection other = connect(driver)) {
      NamedLocks locks = NamedLocks.over(pool);
      LockSession session = locks.open();
      NamedLock mine = session.acquire("mine", Duration.ZERO);
      long id = Long.parseLong(one(other, "SELECT IS_USED_LOCK('mine')"));
      CountDownLatch told = new CountDownLatch(1);
      mine.onLost(told::countDown);
      assertEquals("1", one(other, "SELECT GET_LOCK('theirs', 0)"));
      Call<NamedLock> call =
          new Call<>(false, () -> session.acquire("theirs", Duration.ofMinutes(5)));
      await(() -> Peer.waitsForNamedLock(other));
      call.thread.interrupt();
      assertTrue(String.valueOf(call.failure().getSQLState()).startsWith("08"));
      told.await();
      assertFalse(mine.isHeld());
      session.close();
      awaitEnd(id);
      assertEquals("1", one(other, "SELECT GET_LOCK('mine', 0)"), "it is free");
      await(() -> pool.state().lent() == 0);
      assertThrows(LockTimeoutException.class, () -> locks.acquire("theirs", Duration.ZERO));
    }
  }

  @Test
  void whoWaitsForAnotherThreadsCallLeavesTheSessionAsItIs() throws Exception {
    try (GuardedDataSource pool = pool(JdbcDriver.CONNECTOR_J, 5);
        Connection other = connect(JdbcDriver.CONNECTOR_J);
        LockSession session = NamedLocks.over(pool).open()) {
      assertEquals("1", one(other, "SELECT GET_LOCK('theirs', 0)"));
      FutureTask<NamedLock> first =
          new FutureTask<>(() -> session.acquire("theirs", Duration.ofMinutes(5)));
      Thread.ofPlatform().start(first);
      await(() -> Peer.waitsForNamedLock(other));
      Call<NamedLock> second = new Call<>(false, () -> session.acquire("more", Duration.ZERO));
      await(() -> second.thread.getState() == Thread.State.WAITING);
      second.thread.interrupt();
      assertEquals(1317, second.failure().getErrorCode());
      assertEquals("1", one(other, "SELECT RELEASE_LOCK('theirs')"));
      assertTrue(first.get().isHeld());
      assertNull(one(other, "SELECT IS_USED_LOCK('more')"));
    }
  }

  /** Connections by a URL. */
  private static class UrlSource implements DataSource {
    private final String url;

    UrlSource(String url) {
      this.url = url;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
