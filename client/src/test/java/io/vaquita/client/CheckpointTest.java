package io.vaquita.client;

import static io.vaquita.client.GuardedDataSourceTest.awaitGone;
import static io.vaquita.client.Peer.await;
import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** Checkpoints as {@code org.crac} tells of them; the JVM's part is played by the classes of {@link javax.crac}. */
@Timeout(120)
final class CheckpointTest {
  private final List<GuardEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void noImage() {
    javax.crac.Core.image = () -> {};
  }

  private GuardedDataSource over(DataSource source) {
    return GuardedDataSource.over(
        source, GuardOptions.builder().maximumSize(3).listener(events::add).build());
  }

  /** Connections that ended without a COM_QUIT. */
  private static long aborted(Connection connection) {
    return status(connection, "Aborted_clients");
  }

  private static long status(Connection connection, String name) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      rows.next();
      return rows.getLong(2);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long id(Connection connection) throws SQLException {
    return number(connection, "SELECT CONNECTION_ID()");
  }

  private static FutureTask<Long> borrowing(GuardedDataSource source) {
    FutureTask<Long> borrowing =
        new FutureTask<>(
            () -> {
              try (Connection connection = source.getConnection()) {
                return id(connection);
              }
            });
    Thread.startVirtualThread(borrowing);
    return borrowing;
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void noSocketLivesThroughACheckpoint(Peer peer) throws Exception {
    AtomicBoolean isLost = new AtomicBoolean();
    CopyOnWriteArrayList<FutureTask<Long>> borrowers = new CopyOnWriteArrayList<>();
    try (GuardedDataSource source = over(peer.source());
        Connection other = peer.source().getConnection();
        LockSession session = NamedLocks.over(source, Duration.ofMillis(50)).open()) {
      execute(other, "DROP TABLE IF EXISTS life", "CREATE TABLE life (id INT PRIMARY KEY)");
      // read once: MySQL keeps the schema locked for a transaction that loads a table's definition,
      // and logins make sure of the schema
      assertEquals(0, number(other, "SELECT COUNT(*) FROM life"));
      NamedLock lock = session.acquire("checkpoint", Duration.ZERO);
      lock.onLost(() -> isLost.set(true));
      Connection inUse = source.getConnection();
      execute(inUse, "START TRANSACTION", "INSERT INTO life VALUES (1)");
      long usedId = id(inUse);
      long idleId = borrowing(source).get();
      assertEquals(new PoolState(2, 1, 0, false), source.state());
      long before = aborted(other);
      javax.crac.Core.image =
          () -> {
            awaitGone(other, usedId);
            awaitGone(other, idleId);
            await(() -> aborted(other) >= before + 3);
            assertEquals(new PoolState(2, 0, 0, false), source.state());
            borrowers.add(borrowing(source));
            await(() -> source.state().waiting() == 1);
          };

      Core.checkpointRestore();

      assertTrue(borrowers.getFirst().get() > Math.max(usedId, idleId), "opened afterwards");
      assertThrows(SQLException.class, () -> one(inUse, "SELECT 1"));
      inUse.close();
      await(isLost::get);
      assertThrows(LockLostException.class, lock::ensureHeld);
      assertEquals(1, number(other, "SELECT IS_FREE_LOCK('checkpoint')"));
      try (Connection connection = source.getConnection()) {
        assertEquals(0, number(connection, "SELECT COUNT(*) FROM life"), "rolled back");
      }
      await(() -> events.stream().anyMatch(e -> e.describe().contains("checkpointed")));
    }
  }

  /** A driver that changes servers by itself neither says goodbye nor opens another connection in the dropped one's place. */
  @ParameterizedTest
  @ValueSource(strings = {"sequential", "loadbalance"})
  void aDriverOfSeveralServersHangsUpToo(String mode) throws Exception {
    int port = Peer.VAQUITA_BY_MARIADB_J.port();
    MariaDbDataSource several =
        new MariaDbDataSource(
            "jdbc:mariadb:%s://127.0.0.1:%d,localhost:%d/?user=root".formatted(mode, port, port));
    try (GuardedDataSource source = over(several);
        Connection other = Peer.VAQUITA_BY_MARIADB_J.source().getConnection()) {
      Connection inUse = source.getConnection();
      long usedId = id(inUse);
      long idleId = borrowing(source).get();
      long before = aborted(other);
      long connections = status(other, "Connections");
      javax.crac.Core.image =
          () -> {
            awaitGone(other, usedId);
            awaitGone(other, idleId);
            await(() -> aborted(other) >= before + 2);
            assertEquals(connections, status(other, "Connections"));
          };

      Core.checkpointRestore();

      assertThrows(SQLException.class, () -> one(inUse, "SELECT 1"));
      inUse.close();
      try (Connection connection = source.getConnection()) {
        assertTrue(id(connection) > Math.max(usedId, idleId), "opened afterwards");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aCheckpointThatFailsIsOverToo(Peer peer) throws Exception {
    AtomicBoolean refuses = new AtomicBoolean(true); // once: no context forgets a resource
    Resource refusing =
        new Resource() {
          @Override
          public void beforeCheckpoint(Context<? extends Resource> context) {
            if (refuses.getAndSet(false)) {
              throw new IllegalStateException("a file is open");
            }
          }

          @Override
          public void afterRestore(Context<? extends Resource> context) {}
        };
    Core.getGlobalContext().register(refusing);
    try (GuardedDataSource source = over(peer.source())) {
      long before = borrowing(source).get();
      CheckpointException error = assertThrows(CheckpointException.class, Core::checkpointRestore);
      assertEquals("a file is open", error.getSuppressed()[0].getMessage());
      assertTrue(borrowing(source).get() > before);
    }
  }

  /** Its socket must be gone from the image as well, and its borrower gets another one. */
  @Test
  void aConnectionThatIsBeingOpenedIsWaitedFor() throws Exception {
    CountDownLatch isOpened = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    List<Connection> opened = new CopyOnWriteArrayList<>();
    DataSource driver = Peer.VAQUITA_BY_CONNECTOR_J.source();
    InvocationHandler slow =
        (self, method, arguments) -> {
          Connection connection = driver.getConnection();
          opened.add(connection);
          if (opened.size() == 1) {
            isOpened.countDown();
            mayGoOn.await();
          }
          return connection;
        };
    DataSource slowly =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, slow);
    try (GuardedDataSource source = over(slowly)) {
      FutureTask<Long> borrower = borrowing(source);
      isOpened.await();
      AtomicBoolean wasClosed = new AtomicBoolean();
      javax.crac.Core.image = () -> wasClosed.set(isClosed(opened.getFirst()));
      FutureTask<Void> checkpoint =
          new FutureTask<>(
              () -> {
                Core.checkpointRestore();
                return null;
              });
      Thread thread = Thread.ofPlatform().start(checkpoint);
      await(() -> thread.getState() == Thread.State.TIMED_WAITING);
      assertFalse(checkpoint.isDone());
      mayGoOn.countDown();
      checkpoint.get();
      assertTrue(wasClosed.get(), "before the image was written");
      borrower.get();
      assertEquals(2, opened.size());
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
