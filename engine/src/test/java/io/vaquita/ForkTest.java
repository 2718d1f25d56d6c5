package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database and its forks, all written at once, are each alone. */
@Timeout(120)
final class ForkTest {
  private static final int ROWS = 50;
  private static final int TRANSACTIONS = 60;
  private static final int WRITERS = 2;

  private static final String HUNDRED =
      "(WITH RECURSIVE c AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 99) SELECT n FROM c) AS hundred";

  private static void run(Session session, String sql, Object... parameters) {
    session.execute(sql, parameters).close();
  }

  private static List<Long> numbers(Session session, String sql) {
    return session.execute(sql).toList(row -> row.getLong(0));
  }

  private static Database prepared(Isolation isolation) {
    Database database = Database.builder().isolation(isolation).open();
    try (Session session = database.connect()) {
      run(session, "CREATE DATABASE d");
      run(
          session,
          "CREATE TABLE d.account (id INT PRIMARY KEY, balance BIGINT NOT NULL, KEY (balance))");
      run(session, "CREATE TABLE d.note (id INT AUTO_INCREMENT PRIMARY KEY, who INT NOT NULL)");
      for (int i = 0; i < ROWS; i++) {
        run(session, "INSERT INTO d.account VALUES (?, 1000)", i);
      }
    }
    return database;
  }

  /**
   * Moves amounts between rows and writes a note of its own in each transaction, so that the sum of all balances never changes and every
   * note in a database is of its own writers. A reader of each database looks at both all the while.
   */
  @ParameterizedTest
  @EnumSource(Isolation.class)
  void areIndependentWhileAllAreWritten(Isolation isolation) throws Exception {
    try (Database origin = prepared(isolation);
        Database one = origin.fork();
        Database two = origin.fork();
        Database ofOne = one.fork();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Database> all = List.of(origin, one, two, ofOne);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> writers = new ArrayList<>();
      for (int who = 0; who < all.size(); who++) {
        for (int writer = 0; writer < WRITERS; writer++) {
          writers.add(threads.submit(new Writer(all.get(who), who, writer, start)));
        }
      }
      List<Future<?>> readers = new ArrayList<>();
      for (int who = 0; who < all.size(); who++) {
        Database database = all.get(who);
        int me = who;
        readers.add(threads.submit(() -> read(database, me, isolation, writers)));
      }
      start.countDown();
      List<Integer> committed = new ArrayList<>();
      for (Future<Integer> writer : writers) {
        committed.add(writer.get());
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
      for (int who = 0; who < all.size(); who++) {
        int notes = committed.get(who * WRITERS) + committed.get(who * WRITERS + 1);
        try (Session session = all.get(who).connect("d")) {
          assertEquals(List.of((long) notes), numbers(session, "SELECT COUNT(*) FROM note"));
          assertEquals(List.of((long) who), numbers(session, "SELECT DISTINCT who FROM note"));
          assertEquals(List.of(ROWS * 1000L), numbers(session, "SELECT SUM(balance) FROM account"));
        }
      }
    }
  }

  private static void read(
      Database database, int who, Isolation isolation, List<Future<Integer>> writers) {
    try (Session session = database.connect("d")) {
      boolean isLast = false;
      while (!isLast) {
        isLast = writers.stream().allMatch(Future::isDone);
        List<Long> foreign = numbers(session, "SELECT COUNT(*) FROM note WHERE who <> " + who);
        assertEquals(List.of(0L), foreign);
        if (isolation != Isolation.READ_UNCOMMITTED) {
          List<Long> sum = numbers(session, "SELECT SUM(balance) FROM account");
          assertEquals(List.of(ROWS * 1000L), sum);
        }
      }
    }
  }

  /** Gives how many transactions it committed. */
  private record Writer(Database database, int who, int number, CountDownLatch start)
      implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
      start.await();
      int committed = 0;
      try (Session session = database.connect("d")) {
        for (int i = 0; i < TRANSACTIONS; i++) {
          committed += transfer(session, i) ? 1 : 0;
        }
      }
      assertTrue(committed > 0, "no transaction went through");
      return committed;
    }

    private boolean transfer(Session session, int i) {
      int from = (i * 7 + number) % ROWS;
      int to = (i * 13 + number + 1) % ROWS;
      try {
        run(session, "START TRANSACTION");
        run(session, "UPDATE account SET balance = balance - 1 WHERE id = ?", from);
        run(session, "INSERT INTO note (who) VALUES (?)", who);
        run(session, "UPDATE account SET balance = balance + 1 WHERE id = ?", to);
        run(session, "COMMIT");
        return true;
      } catch (DatabaseException e) {
        assertEquals(1213, e.number(), e.getMessage());
        return false;
      }
    }
  }

  @Test
  void openTransactionsAndLocksAreNotCopied() {
    try (Database origin = prepared(Isolation.REPEATABLE_READ);
        Session writer = origin.connect("d")) {
      run(writer, "START TRANSACTION");
      run(writer, "UPDATE account SET balance = 0 WHERE id = 1");
      run(writer, "DO GET_LOCK('mine', 0)");
      try (Database fork = origin.fork();
          Session other = fork.connect("d")) {
        assertEquals(
            List.of(1000L), numbers(other, "SELECT balance FROM account WHERE id = 1 FOR UPDATE"));
        assertEquals(List.of(1L), numbers(other, "SELECT GET_LOCK('mine', 0)"));
        run(other, "DROP TABLE account");
      }
      run(writer, "COMMIT");
      assertEquals(List.of(0L), numbers(writer, "SELECT balance FROM account WHERE id = 1"));
    }
  }

  @Test
  void aClosedDatabaseHasNoFork() {
    Database origin = prepared(Isolation.REPEATABLE_READ);
    try (Database fork = origin.fork()) {
      origin.close();
      DatabaseException error = assertThrows(DatabaseException.class, origin::fork);
      assertEquals(1053, error.number());
      try (Session session = fork.connect("d")) {
        assertEquals(List.of((long) ROWS), numbers(session, "SELECT COUNT(*) FROM account"));
      }
    }
  }

  /** What neither has changed since is in the origin's files: a fork says so once these are closed, and never gives something else. */
  @Test
  void ofADatabaseOnFilesLivesAsLongAsThat(@TempDir Path directory) {
    String sum = "SELECT SUM(id) FROM t WHERE v <> ''";
    Database origin = Database.builder().directory(directory).pageCacheBytes(5 << 20).open();
    try (Session session = origin.connect()) {
      run(session, "CREATE DATABASE d");
      run(session, "CREATE TABLE d.t (id INT PRIMARY KEY, v VARBINARY(2000))");
      for (int i = 0; i < 8000; i += 100) {
        run(session, "INSERT INTO d.t SELECT " + i + " + n, REPEAT('x', 1500) FROM " + HUNDRED);
      }
    }
    try (Database fork = origin.fork();
        Session session = fork.connect("d")) {
      try (Session other = origin.connect("d")) {
        run(other, "UPDATE t SET v = '' WHERE id >= 4000");
      }
      run(session, "DELETE FROM t WHERE id < 4000");
      assertEquals(List.of(4000L * (4000 + 7999) / 2), numbers(session, sum));
      origin.close();
      DatabaseException error = assertThrows(DatabaseException.class, () -> numbers(session, sum));
      assertEquals(1053, error.number());
    } finally {
      origin.close();
    }
  }
}
