package io.vaquita.client;

import static io.vaquita.client.Peer.await;
import static io.vaquita.client.Peer.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pool: bounded, fair, and safe for any number of virtual threads. */
@Timeout(120)
final class ConnectionPoolTest {
  private static GuardedDataSource pool(Peer peer, int size, Duration borrowTimeout) {
    return GuardedDataSource.over(
        peer.source(),
        GuardOptions.builder().maximumSize(size).borrowTimeout(borrowTimeout).build());
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void borrowersAreServedInTheOrderInWhichTheyCame(Peer peer) throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    try (GuardedDataSource source = pool(peer, 1, Duration.ofMinutes(1))) {
      Connection held = source.getConnection();
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        waiting.add(
            Thread.startVirtualThread(
                () -> {
                  try (Connection connection = source.getConnection()) {
                    order.add(connection.isClosed() ? -1 : number);
                  } catch (SQLException e) {
                    order.add(-1);
                  }
                }));
        await(() -> source.state().waiting() == number + 1);
      }
      held.close();
      for (Thread each : waiting) {
        each.join();
      }
    }
    assertEquals(java.util.stream.IntStream.range(0, 20).boxed().toList(), order);
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void anExhaustedPoolSaysWhoHoldsTheConnections(Peer peer) throws SQLException {
    try (GuardedDataSource source = pool(peer, 1, Duration.ofMillis(50));
        Connection held = source.getConnection()) {
      PoolExhaustedException error =
          assertThrows(PoolExhaustedException.class, source::getConnection);
      assertTrue(error.getMessage().contains("has one for"), error.getMessage());
      assertTrue(error.getCause().getMessage().contains("borrowed here"));
      assertEquals(0, source.state().waiting());
      assertTrue(held.isValid(1));
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void closingWakesWaitersAndTakesLentOnesWhenTheyComeBack(Peer peer) throws Exception {
    GuardedDataSource source = pool(peer, 1, Duration.ofMinutes(1));
    Connection held = source.getConnection();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Connection> waiter = threads.submit(() -> source.getConnection());
      await(() -> source.state().waiting() == 1);
      source.close();
      assertThrows(Exception.class, waiter::get);
    }
    held.close();
    assertEquals(new PoolState(0, 0, 0, true), source.state());
    assertThrows(SQLException.class, source::getConnection);
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void thousandsOfVirtualThreadsShareFourConnections(Peer peer) throws Exception {
    int count = peer == Peer.VAQUITA_BY_MARIADB_J ? 10_000 : 1000;
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(count);
    try (GuardedDataSource source = pool(peer, 4, Duration.ofMinutes(1))) {
      for (int i = 0; i < count; i++) {
        int number = i;
        Thread.startVirtualThread(
            () -> {
              try (Connection connection = source.getConnection()) {
                if (number(connection, "SELECT " + number) != number) {
                  wrong.incrementAndGet();
                }
              } catch (SQLException e) {
                wrong.incrementAndGet();
              } finally {
                ended.countDown();
              }
            });
      }
      ended.await();
      assertTrue(source.state().idle() <= 4);
      assertEquals(0, source.state().lent());
    }
    assertEquals(0, wrong.get());
  }
}
