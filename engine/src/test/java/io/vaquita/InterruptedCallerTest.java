package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's thread is interrupted while it is in a call, as {@code ExecutorService.shutdownNow} does. */
@Timeout(60)
final class InterruptedCallerTest {
  private static final int INTERRUPTED = 1317;

  private final Database database = Database.inMemory();
  private final Session holder = database.connect();

  @BeforeEach
  void fill() {
    run(holder, "CREATE DATABASE d");
    run(holder, "CREATE TABLE d.t (id INT PRIMARY KEY, n INT)");
    run(holder, "INSERT INTO d.t VALUES (1, 0), (2, 0)");
  }

  @AfterEach
  void close() {
    holder.close();
    database.close();
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
  }

  private static long one(Session session, String sql) {
    return session.execute(sql).toList(row -> row.getLong(0)).getFirst();
  }

  /** What a statement ended with, that its thread is still marked, and that its session goes on. */
  private DatabaseException interrupted(Session session, String sql, Runnable awaitWaiting)
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Callable<Boolean> call =
        () -> {
          begun.countDown();
          try {
            session.execute(sql).toList(row -> row.get(0));
            return null;
          } finally {
            assertTrue(Thread.interrupted(), "the mark stays");
          }
        };
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Boolean> result = thread.submit(call);
      begun.await();
      awaitWaiting.run();
      thread.shutdownNow();
      return (DatabaseException) assertThrows(ExecutionException.class, result::get).getCause();
    }
  }

  private void awaitBlocked(Session session) {
    assertNotNull(database.awaitBlocked(session.id(), () -> false, Duration.ofSeconds(30)));
  }

  private void awaitState(Session session, String state) {
    String sql =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = "
            + session.id()
            + " AND state = '"
            + state
            + "'";
    while (one(holder, sql) == 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void assertUsable(Session session) {
    assertEquals(0, one(session, "SELECT n FROM d.t WHERE id = 1"));
    run(session, "UPDATE d.t SET n = n + 1 WHERE id = 2");
    session.close();
    assertEquals(1, one(holder, "SELECT n FROM d.t WHERE id = 2"));
    assertEquals(0, one(holder, "SELECT COUNT(*) FROM performance_schema.data_locks"));
  }

  @Test
  void aWaitForARowEnds() throws Exception {
    run(holder, "START TRANSACTION");
    run(holder, "UPDATE d.t SET n = 9 WHERE id = 1");
    Session session = database.connect();
    DatabaseException error =
        interrupted(session, "UPDATE d.t SET n = 5 WHERE id = 1", () -> awaitBlocked(session));
    assertEquals(INTERRUPTED, error.number());
    run(holder, "ROLLBACK");
    assertUsable(session);
  }

  @Test
  void aWaitForATableEnds() throws Exception {
    run(holder, "LOCK TABLES d.t WRITE");
    Session session = database.connect();
    DatabaseException error =
        interrupted(session, "SELECT n FROM d.t", () -> awaitBlocked(session));
    assertEquals(INTERRUPTED, error.number());
    run(holder, "UNLOCK TABLES");
    assertUsable(session);
  }

  @Test
  void aWaitForANamedLockEnds() throws Exception {
    one(holder, "SELECT GET_LOCK('a', 0)");
    Session session = database.connect();
    DatabaseException error =
        interrupted(session, "SELECT GET_LOCK('a', 1000)", () -> awaitBlocked(session));
    assertEquals(INTERRUPTED, error.number());
    assertEquals(1, one(holder, "SELECT RELEASE_LOCK('a')"));
    assertEquals(1, one(session, "SELECT IS_FREE_LOCK('a')"));
    assertUsable(session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO d.t SELECT 3, SLEEP(1000)",
        "UPDATE d.t SET n = SLEEP(1000) + 7 WHERE id = 1"
      })
  void aSleepEndsAndChangesNothing(String sql) throws Exception {
    Session session = database.connect();
    DatabaseException error = interrupted(session, sql, () -> awaitState(session, "User sleep"));
    assertEquals(INTERRUPTED, error.number());
    assertEquals(2, one(session, "SELECT COUNT(*) FROM d.t"));
    assertUsable(session);
  }

  /** A thread that is marked already may still use the database; only waiting is over for it. */
  @Test
  void aMarkedThreadWorksUntilItWaits() {
    try (Session session = database.connect()) {
      Thread.currentThread().interrupt();
      run(session, "UPDATE d.t SET n = n + 1 WHERE id = 1");
      run(session, "CREATE TABLE d.u (id INT)");
      assertEquals(1, one(session, "SELECT n FROM d.t WHERE id = 1"));
      DatabaseException error =
          assertThrows(
              DatabaseException.class,
              () -> run(session, "UPDATE d.t SET n = SLEEP(1000) WHERE id = 2"));
      assertEquals(INTERRUPTED, error.number());
      assertEquals(1, one(session, "SELECT SLEEP(1000)"), "as MySQL's, which only sleeps");
    } finally {
      assertTrue(Thread.interrupted(), "the mark stays");
    }
  }

  /** What was acknowledged is there, nothing else is, and no lock is left. */
  @Test
  void manyWorkersShutDownAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      long before = one(holder, "SELECT n FROM d.t WHERE id = 1");
      List<Future<Integer>> workers = new ArrayList<>();
      ExecutorService threads =
          round % 2 == 0
              ? Executors.newFixedThreadPool(4)
              : Executors.newVirtualThreadPerTaskExecutor();
      CountDownLatch busy = new CountDownLatch(8);
      try (threads) {
        for (int i = 0; i < 4; i++) {
          workers.add(threads.submit(() -> count(busy)));
        }
        assertTrue(busy.await(30, TimeUnit.SECONDS));
        threads.shutdownNow();
      }
      long acknowledged = 0;
      for (Future<Integer> each : workers) {
        acknowledged += each.get();
      }
      assertEquals(before + acknowledged, one(holder, "SELECT n FROM d.t WHERE id = 1"));
      assertEquals(0, one(holder, "SELECT COUNT(*) FROM performance_schema.data_locks"));
    }
  }

  private int count(CountDownLatch busy) {
    int acknowledged = 0;
    try (Session session = database.connect()) {
      while (!Thread.currentThread().isInterrupted()) {
        run(session, "UPDATE d.t SET n = n + 1 WHERE id = 1");
        acknowledged++;
        busy.countDown();
      }
    } catch (DatabaseException e) {
      assertEquals(INTERRUPTED, e.number());
    }
    return acknowledged;
  }
}
