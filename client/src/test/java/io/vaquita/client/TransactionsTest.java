package io.vaquita.client;

import static io.vaquita.client.Peer.execute;
import static io.vaquita.client.Peer.number;
import static io.vaquita.client.Peer.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.client.failure.LockWaitTimeoutException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commit, rollback, retries and nesting, with each server and driver. */
@Timeout(120)
final class TransactionsTest {
  private static GuardedDataSource prepared(Peer peer) throws SQLException {
    GuardedDataSource source =
        GuardedDataSource.over(peer.source(), GuardOptions.builder().maximumSize(4).build());
    try (Connection connection = source.getConnection()) {
      execute(
          connection,
          "DROP TABLE IF EXISTS accounts",
          "CREATE TABLE accounts (id INT PRIMARY KEY, amount INT NOT NULL)",
          "INSERT INTO accounts VALUES (1, 100), (2, 100)");
    }
    return source;
  }

  private static void add(Transaction tx, int id, int amount) throws SQLException {
    execute(
        tx.connection(), "UPDATE accounts SET amount = amount + " + amount + " WHERE id = " + id);
  }

  private static long sum(GuardedDataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return number(connection, "SELECT SUM(amount) FROM accounts");
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void commitsWhatReturnsAndRollsBackWhatThrows(Peer peer) throws SQLException {
    try (GuardedDataSource source = prepared(peer)) {
      Transactions transactions = Transactions.over(source);
      assertEquals(
          "90",
          transactions.<String, RuntimeException>inTransaction(
              Isolation.READ_COMMITTED,
              tx -> {
                add(tx, 1, -10);
                return one(tx.connection(), "SELECT amount FROM accounts WHERE id = 1");
              }));
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  transactions.run(
                      Isolation.DEFAULT,
                      (Transactions.Action<IOException>)
                          tx -> {
                            add(tx, 1, -1000);
                            throw new IOException("no");
                          }));
      assertEquals("no", thrown.getMessage());
      assertEquals(190, sum(source));
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aDeadlockIsTriedAgain(Peer peer) throws Exception {
    try (GuardedDataSource source = prepared(peer);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Transactions transactions = Transactions.over(source);
      CyclicBarrier bothHoldOne = new CyclicBarrier(2);
      AtomicInteger runs = new AtomicInteger();
      Future<?> forth = threads.submit(() -> transfer(transactions, bothHoldOne, runs, 1, 2));
      Future<?> back = threads.submit(() -> transfer(transactions, bothHoldOne, runs, 2, 1));
      forth.get();
      back.get();
      assertEquals(3, runs.get(), "one of the two ran twice");
      assertEquals(200, sum(source));
    }
  }

  private static Object transfer(
      Transactions transactions, CyclicBarrier barrier, AtomicInteger runs, int from, int to)
      throws Exception {
    transactions.run(
        Isolation.REPEATABLE_READ,
        (Transactions.Action<Exception>)
            tx -> {
              runs.incrementAndGet();
              add(tx, from, -5);
              if (tx.attempt() == 1) {
                barrier.await();
              }
              add(tx, to, 5);
            });
    return null;
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void afterALockWaitTimeoutTheWholeTransactionIsTriedAgain(Peer peer) throws Exception {
    try (GuardedDataSource source = prepared(peer);
        Connection holder = source.getConnection()) {
      execute(holder, "START TRANSACTION", "UPDATE accounts SET amount = 0 WHERE id = 2");
      Transactions transactions = Transactions.over(source);
      transactions.run(
          Isolation.DEFAULT,
          (Transactions.Action<RuntimeException>)
              tx -> {
                execute(tx.connection(), "SET SESSION innodb_lock_wait_timeout = 1");
                add(tx, 1, 1);
                if (tx.attempt() == 2) {
                  execute(holder, "ROLLBACK");
                }
                add(tx, 2, 1);
              });
      assertEquals(202, sum(source), "the first attempt's half is not counted twice");
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void theLastAttemptsErrorIsExplained(Peer peer) throws Exception {
    try (GuardedDataSource source = prepared(peer);
        Connection holder = source.getConnection()) {
      execute(holder, "START TRANSACTION", "UPDATE accounts SET amount = 0 WHERE id = 2");
      Transactions once = Transactions.over(source, RetryPolicy.never());
      SQLException error =
          assertThrows(
              SQLException.class,
              () ->
                  once.run(
                      Isolation.DEFAULT,
                      (Transactions.Action<RuntimeException>)
                          tx -> {
                            execute(tx.connection(), "SET SESSION innodb_lock_wait_timeout = 1");
                            add(tx, 2, 1);
                          }));
      assertInstanceOf(LockWaitTimeoutException.class, error);
      assertEquals(1205, error.getErrorCode());
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void anInnerTransactionIsASavepoint(Peer peer) throws SQLException {
    try (GuardedDataSource source = prepared(peer)) {
      Transactions transactions = Transactions.over(source);
      transactions.run(
          Isolation.DEFAULT,
          (Transactions.Action<RuntimeException>)
              outer -> {
                add(outer, 1, 1);
                assertThrows(
                    IllegalStateException.class,
                    () ->
                        transactions.run(
                            Isolation.DEFAULT,
                            (Transactions.Action<RuntimeException>)
                                inner -> {
                                  assertEquals(1, inner.nesting());
                                  add(inner, 2, 1000);
                                  throw new IllegalStateException();
                                }));
                transactions.run(
                    Isolation.DEFAULT,
                    (Transactions.Action<RuntimeException>) inner -> add(inner, 2, 10));
                assertEquals(0, outer.nesting());
              });
      assertEquals(211, sum(source));
      assertEquals(0, source.state().lent());
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aCommitWithoutAnAnswerIsNotTriedAgain(Peer peer) throws Exception {
    try (GuardedDataSource checking = prepared(peer);
        CuttingRelay relay = new CuttingRelay(peer.port());
        GuardedDataSource source = GuardedDataSource.over(peer.source(relay.port()))) {
      AtomicInteger runs = new AtomicInteger();
      CommitOutcomeUnknownException error =
          assertThrows(
              CommitOutcomeUnknownException.class,
              () ->
                  Transactions.over(source)
                      .run(
                          Isolation.DEFAULT,
                          (Transactions.Action<RuntimeException>)
                              tx -> {
                                runs.incrementAndGet();
                                add(tx, 1, 1);
                                relay.cutTheNextCommit();
                              }));
      assertEquals("08007", error.getSQLState());
      assertEquals(1, runs.get());
      assertTrue(sum(checking) >= 200);
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void aDeadlockInAnInnerTransactionRestartsTheOutermost(Peer peer) throws Exception {
    try (GuardedDataSource source = prepared(peer);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Transactions transactions = Transactions.over(source);
      CountDownLatch holds = new CountDownLatch(2);
      AtomicInteger outerRuns = new AtomicInteger();
      Future<?> nested =
          threads.submit(
              () -> {
                transactions.run(
                    Isolation.DEFAULT,
                    (Transactions.Action<Exception>)
                        tx -> {
                          outerRuns.incrementAndGet();
                          add(tx, 1, 1);
                          meet(holds);
                          transactions.run(
                              Isolation.DEFAULT,
                              (Transactions.Action<Exception>) inner -> add(inner, 2, 1));
                        });
                return null;
              });
      Future<?> flat =
          threads.submit(
              () -> {
                transactions.run(
                    Isolation.DEFAULT,
                    (Transactions.Action<Exception>)
                        tx -> {
                          outerRuns.incrementAndGet();
                          add(tx, 2, 1);
                          meet(holds);
                          add(tx, 1, 1);
                        });
                return null;
              });
      nested.get();
      flat.get();
      assertEquals(3, outerRuns.get());
      assertEquals(204, sum(source));
    }
  }

  private static void meet(CountDownLatch holds) throws InterruptedException {
    holds.countDown();
    holds.await();
  }

  @Test
  void pausesGrowToTheirLimit() {
    RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(10), Duration.ofMillis(70));
    assertEquals(Duration.ofMillis(10), policy.pauseAfter(1));
    assertEquals(Duration.ofMillis(20), policy.pauseAfter(2));
    assertEquals(Duration.ofMillis(70), policy.pauseAfter(4));
    assertEquals(Duration.ofMillis(70), policy.pauseAfter(1000));
    assertThrows(
        IllegalArgumentException.class, () -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO));
  }
}
