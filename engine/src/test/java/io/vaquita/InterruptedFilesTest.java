package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application interrupts its threads (a time limit, the end of an executor) while they are in the database on files. */
final class InterruptedFilesTest {
  private static final int ROUNDS = 60;

  @TempDir private Path directory;

  private static long number(Session session, String query) {
    return session.execute(query).toList(row -> row.getLong(0)).getFirst();
  }

  @Test
  void interruptsTakeNothingFromOthersAndNothingThatWasAcknowledged() throws Exception {
    Path data = directory.resolve("data");
    AtomicLong acknowledged = new AtomicLong();
    long unknown = 0;
    try (Database database =
            Database.builder()
                .directory(data)
                .pageCacheBytes(5 << 20)
                .operatorMemoryBytes(1 << 17)
                .open();
        Session session = database.connect()) {
      session.execute("CREATE DATABASE d").close();
      session.execute("CREATE TABLE d.t (id INT PRIMARY KEY, filler VARCHAR(1000))").close();
      session
          .execute(
              "INSERT INTO d.t WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
                  + " WHERE i < 10000) SELECT /*+ SET_VAR(cte_max_recursion_depth = 10000) */ i,"
                  + " REPEAT('x', 1000) FROM n")
          .close();
      session.execute("CREATE TABLE d.log (id INT PRIMARY KEY)").close();
      FutureTask<Long> victim = new FutureTask<>(() -> work(database, acknowledged));
      Thread thread = Thread.ofPlatform().start(victim);
      while (!victim.isDone()) {
        thread.interrupt();
        assertEquals(10_000, number(session, "SELECT COUNT(filler) FROM d.t"));
      }
      unknown = victim.get();
    }
    try (Database again = Database.open(data);
        Session session = again.connect()) {
      long kept = number(session, "SELECT COUNT(*) FROM d.log");
      assertEquals(acknowledged.get(), Math.min(kept, acknowledged.get()));
      assertEquals(0, Math.max(0, kept - acknowledged.get() - unknown));
    }
  }

  /** Reads pages, sorts through temporary files and commits; returns how many inserts ended with an error. */
  private static long work(Database database, AtomicLong acknowledged) {
    long failed = 0;
    try (Session session = database.connect()) {
      for (int i = 0; i < ROUNDS; i++) {
        int id = i;
        if (!succeeds(
            () ->
                assertEquals(
                    (id * 163) % 10_000 + 1,
                    number(
                        session, "SELECT id FROM d.t WHERE id = " + ((id * 163) % 10_000 + 1))))) {
          Thread.interrupted();
        }
        if (i % 10 == 0) {
          succeeds(
              () ->
                  assertEquals(
                      10_000,
                      session
                          .execute("SELECT id FROM d.t ORDER BY filler, id")
                          .toList(row -> row.getLong(0))
                          .size()));
        }
        if (succeeds(() -> session.execute("INSERT INTO d.log VALUES (" + id + ")").close())) {
          acknowledged.incrementAndGet();
        } else {
          failed++;
        }
      }
    }
    return failed;
  }

  /** An interrupt may end a statement, with an error that says so. */
  private static boolean succeeds(Runnable statement) {
    try {
      statement.run();
      return true;
    } catch (DatabaseException e) {
      assertEquals(1317, e.number(), e.message());
      return false;
    }
  }
}
