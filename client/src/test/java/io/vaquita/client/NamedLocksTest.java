package io.vaquita.client;

import static io.vaquita.client.Peer.await;
import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Named locks that own their connection, with each server and driver. */
@Timeout(120)
final class NamedLocksTest {
  private static NamedLocks locks(GuardedDataSource source) {
    return NamedLocks.over(source, Duration.ofMillis(100));
  }

  private static GuardedDataSource pool(Peer peer) {
    return GuardedDataSource.over(peer.source());
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aLockIsHeldUntilClosedAndItsConnectionComesBack(Peer peer) throws SQLException {
    try (GuardedDataSource source = pool(peer)) {
      NamedLocks locks = locks(source);
      try (NamedLock lock = locks.acquire("one", Duration.ofSeconds(5))) {
        assertTrue(lock.isHeld());
        lock.ensureHeld();
        assertTrue(locks.tryAcquire("one").isEmpty());
        String sameName = peer.isVaquita() ? "ONE" : "one";
        LockTimeoutException error =
            assertThrows(LockTimeoutException.class, () -> locks.acquire(sameName, Duration.ZERO));
        assertTrue(error.getMessage().matches(".*connection \\d+ holds it"), error.getMessage());
        assertEquals(1, source.state().lent(), "only the holder's connection is lent");
      }
      assertEquals(0, source.state().lent());
      try (Connection connection = source.getConnection()) {
        assertEquals("1", one(connection, "SELECT IS_FREE_LOCK('one')"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void severalAndRecursiveLocksShareASession(Peer peer) throws SQLException {
    try (GuardedDataSource source = pool(peer);
        Connection other = peer.source().getConnection()) {
      LockSession session = locks(source).open();
      NamedLock first = session.acquire("a", Duration.ZERO);
      NamedLock again = session.acquire("a", Duration.ZERO);
      List<NamedLock> more = session.acquireAll(List.of("c", "b"), Duration.ofSeconds(1));
      assertEquals(List.of("b", "c"), more.stream().map(NamedLock::name).toList());
      again.close();
      again.close();
      assertEquals("0", one(other, "SELECT IS_FREE_LOCK('a')"));
      first.close();
      assertEquals("1", one(other, "SELECT IS_FREE_LOCK('a')"));
      session.close();
      assertEquals("1", one(other, "SELECT IS_FREE_LOCK('b') AND IS_FREE_LOCK('c')"));
      assertEquals(0, source.state().lent());
      assertThrows(LockLostException.class, () -> session.acquire("d", Duration.ZERO));
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void allOrNone(Peer peer) throws SQLException {
    try (GuardedDataSource source = pool(peer);
        Connection other = peer.source().getConnection();
        LockSession session = locks(source).open()) {
      assertEquals(1, number(other, "SELECT GET_LOCK('y', 0)"));
      assertThrows(
          LockTimeoutException.class,
          () -> session.acquireAll(List.of("x", "y", "z"), Duration.ZERO));
      assertEquals("1", one(other, "SELECT IS_FREE_LOCK('x') AND IS_FREE_LOCK('z')"));
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aLossIsTold(Peer peer) throws Exception {
    try (GuardedDataSource source = pool(peer);
        Connection other = peer.source().getConnection()) {
      NamedLock lock = locks(source).acquire("lost", Duration.ZERO);
      CountDownLatch told = new CountDownLatch(1);
      lock.onLost(told::countDown);
      execute(other, "KILL " + one(other, "SELECT IS_USED_LOCK('lost')"));
      told.await();
      assertFalse(lock.isHeld());
      assertThrows(LockLostException.class, lock::ensureHeld);
      CountDownLatch toldLate = new CountDownLatch(1);
      lock.onLost(toldLate::countDown);
      toldLate.await();
      assertThrows(LockLostException.class, lock::close);
      await(() -> source.state().lent() == 0);
      try (Connection connection = source.getConnection()) {
        assertEquals("1", one(connection, "SELECT IS_FREE_LOCK('lost')"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aWaiterGetsTheLockWhenItIsFree(Peer peer) throws Exception {
    try (GuardedDataSource source = pool(peer);
        Connection other = peer.source().getConnection();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      NamedLocks locks = locks(source);
      NamedLock held = locks.acquire("handed", Duration.ZERO);
      Future<NamedLock> waiter =
          threads.submit(() -> locks.acquire("handed", Duration.ofMinutes(1)));
      await(() -> Peer.waitsForNamedLock(other));
      held.close();
      try (NamedLock got = waiter.get()) {
        got.ensureHeld();
        assertEquals(peer.isVaquita(), got.token().isPresent());
        if (peer.isVaquita()) {
          assertTrue(got.token().getAsLong() > held.token().getAsLong());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void leadershipGoesOnWhenTheLeaderResignsOrIsKilled(Peer peer) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (GuardedDataSource source = pool(peer);
        Connection other = peer.source().getConnection()) {
      NamedLocks locks = locks(source);
      LeaderElection first = elect(locks, "first", events);
      assertEquals("first leads", events.take());
      try (LeaderElection second = elect(locks, "second", events)) {
        assertFalse(second.isLeader());
        first.close();
        assertEquals("first ends", events.take());
        assertEquals("second leads", events.take());
        assertTrue(second.isLeader());
        execute(other, "KILL " + one(other, "SELECT IS_USED_LOCK('leader')"));
        assertEquals("second ends", events.take());
        assertEquals("second leads", events.take(), "it campaigns again after the loss");
      }
      assertEquals("second ends", events.take());
    }
  }

  private static LeaderElection elect(NamedLocks locks, String who, BlockingQueue<String> events) {
    return LeaderElection.start(
        locks,
        "leader",
        leadership -> {
          events.add(who + " leads");
          try {
            new CountDownLatch(1).await();
          } finally {
            events.add(who + " ends");
          }
        });
  }
}
