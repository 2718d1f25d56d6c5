package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.spec.locks.LockClient.Refused;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scan that locks all rows of a large table: by one lock a row where they have room, by one on the table where they have not and nobody
 * else is in it, and 1206 where somebody is. KILL ends it, the end of its transaction gives everything back.
 */
final class ManyRowLocksTest {
  private static final String SCAN = "SELECT SUM(n) FROM k.big FOR UPDATE";
  private static final String ROWS_LOCKED =
      "SELECT trx_rows_locked FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = ";
  private static final int MILLION = 1_000_000;

  private interface Statement {
    String run() throws Exception;
  }

  @TempDir private Path directory;

  @Test
  void someThousands() throws Exception {
    int rows = 20_000;
    try (Database database = Database.inMemory();
        LockClient scanner = LockClient.inLibrary(database);
        LockClient other = LockClient.inLibrary(database)) {
      fill(scanner, rows);
      lockAllThenLetGo(scanner, other, rows);
      // the last row is held, so the scan waits with all others locked
      other.ask("BEGIN");
      other.ask("UPDATE k.big SET n = 2 WHERE id = " + rows);
      scanner.ask("BEGIN");
      CompletableFuture<String> scan = inBackground(() -> scanner.ask(SCAN));
      awaitRowsLocked(other, scanner.id(), rows - 1);
      other.ask("KILL QUERY " + scanner.id());
      assertEquals(1317, errorOf(scan));
      scanner.ask("ROLLBACK");
      other.ask("ROLLBACK");
      assertEquals("0", other.ask("SELECT COUNT(*) FROM performance_schema.data_locks"));
    }
  }

  /** With a heap of which an eighth of a quarter is room for more than a million locks. */
  @Tag("slow")
  @Test
  void aMillionEachWithALock() throws Exception {
    try (ServerProcess server = new ServerProcess(5120, directory);
        LockClient scanner = LockClient.overTheWire(server.port);
        LockClient other = LockClient.overTheWire(server.port)) {
      fill(scanner, MILLION);
      lockAllThenLetGo(scanner, other, MILLION);
      killWhileItRuns(scanner, other);
      // in the way of a lock on the table, not of the rows
      other.ask("BEGIN");
      other.ask("INSERT INTO k.big VALUES (-1, 1)");
      other.ask("SAVEPOINT s");
      scanner.ask("BEGIN");
      scanner.ask("SELECT SUM(n) FROM k.big WHERE id > 0 FOR UPDATE");
      assertEquals(Integer.toString(MILLION + 1), other.ask(ROWS_LOCKED + scanner.id()));
      assertEquals(3572, refusal(other, "SELECT n FROM k.big WHERE id = 7 FOR UPDATE NOWAIT"));
      scanner.ask("COMMIT");
      other.ask("ROLLBACK");
    }
  }

  @Tag("slow")
  @Test
  void aMillionInASmallHeap() throws Exception {
    try (ServerProcess server = new ServerProcess(512, directory);
        LockClient scanner = LockClient.overTheWire(server.port);
        LockClient other = LockClient.overTheWire(server.port)) {
      fill(scanner, MILLION);
      scanner.ask("BEGIN");
      timed("a million rows, a lock on the table instead", () -> scanner.ask(SCAN));
      long rowsLocked = Long.parseLong(other.ask(ROWS_LOCKED + scanner.id()));
      assertTrue(rowsLocked > 0 && rowsLocked < MILLION / 2, () -> rowsLocked + " rows locked");
      other.ask("SET innodb_lock_wait_timeout = 1");
      assertEquals(1205, refusal(other, "UPDATE k.big SET n = 2 WHERE id = " + MILLION));
      scanner.ask("COMMIT");
      killWhileItRuns(scanner, other);
      // somebody is in the table: one lock a row, until they have no room
      other.ask("BEGIN");
      other.ask("INSERT INTO k.big VALUES (-1, 1)");
      scanner.ask("BEGIN");
      scanner.ask("INSERT INTO k.big VALUES (-2, 1)");
      assertEquals(1206, refusal(scanner, "SELECT SUM(n) FROM k.big WHERE id > 0 FOR UPDATE"));
      assertEquals("0", other.ask("SELECT COUNT(*) FROM k.big WHERE id = -2 FOR UPDATE"));
      other.ask("COMMIT");
      assertEquals("0", other.ask("SELECT COUNT(*) FROM performance_schema.data_locks"));
      assertEquals(Integer.toString(MILLION + 1), scanner.ask("SELECT SUM(n) FROM k.big"));
    }
  }

  private static void fill(LockClient client, int rows) throws Exception {
    client.ask("CREATE DATABASE k");
    client.ask("CREATE TABLE k.big (id INT PRIMARY KEY, n INT NOT NULL)");
    client.ask("SET cte_max_recursion_depth = " + rows);
    client.ask(
        "INSERT INTO k.big WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < "
            + rows
            + ") SELECT i, 1 FROM r");
  }

  private static void lockAllThenLetGo(LockClient scanner, LockClient other, int rows)
      throws Exception {
    scanner.ask("BEGIN");
    assertEquals(Integer.toString(rows), timed(rows + " rows locked", () -> scanner.ask(SCAN)));
    // and the end of the table
    assertEquals(Integer.toString(rows + 1), other.ask(ROWS_LOCKED + scanner.id()));
    assertEquals(3572, refusal(other, "SELECT n FROM k.big WHERE id = 7 FOR UPDATE NOWAIT"));
    timed(rows + " locks given back", () -> scanner.ask("COMMIT"));
    assertEquals("1", other.ask("SELECT n FROM k.big WHERE id = 7 FOR UPDATE NOWAIT"));
    assertEquals("0", other.ask("SELECT COUNT(*) FROM performance_schema.data_locks"));
  }

  /** Wherever in the scan it comes. */
  private static void killWhileItRuns(LockClient scanner, LockClient other) throws Exception {
    scanner.ask("BEGIN");
    CompletableFuture<String> scan = inBackground(() -> scanner.ask(SCAN));
    awaitRowsLocked(other, scanner.id(), 1000);
    other.ask("KILL QUERY " + scanner.id());
    assertEquals(1317, errorOf(scan));
    scanner.ask("ROLLBACK");
    assertEquals("0", other.ask("SELECT COUNT(*) FROM performance_schema.data_locks"));
  }

  private static void awaitRowsLocked(LockClient asking, long id, int rows) throws Exception {
    String locked = asking.ask(ROWS_LOCKED + id);
    while (locked == null || locked.isEmpty() || Long.parseLong(locked) < rows) {
      locked = asking.ask(ROWS_LOCKED + id);
    }
  }

  private static CompletableFuture<String> inBackground(Statement statement) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                end.complete(statement.run());
              } catch (Exception e) {
                end.completeExceptionally(e);
              }
            });
    return end;
  }

  private static int errorOf(CompletableFuture<String> statement) {
    CompletionException e = assertThrows(CompletionException.class, statement::join);
    return e.getCause() instanceof Refused refused ? refused.number : -1;
  }

  private static int refusal(LockClient client, String sql) {
    return assertThrows(Refused.class, () -> client.ask(sql)).number;
  }

  private static String timed(String what, Statement statement) throws Exception {
    Clock clock = Environment.system().clock();
    long from = clock.monotonicNanos();
    String answer = statement.run();
    System.out.println(what + ": " + (clock.monotonicNanos() - from) / 1_000_000 + " ms");
    return answer;
  }
}
