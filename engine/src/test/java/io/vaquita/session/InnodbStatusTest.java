package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SHOW ENGINE INNODB STATUS, read as programs read it that log deadlocks or show transactions. */
@Timeout(60)
class InnodbStatusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  /** A heading, and what stands under it up to the next. */
  private static final Pattern SECTION =
      Pattern.compile(
          "^-+\\n([A-Z /]+)\\n-+\\n(.*?)(?=^-{3,}\\n|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern LOCK =
      Pattern.compile(
          "^RECORD LOCKS .*index (\\S+) of table `([^`]+)`\\.`([^`]+)` trx id (\\d+)"
              + " lock.mode ([SX])((?: locks| insert)[a-z ]*?)?( waiting)?$",
          Pattern.MULTILINE);

  private static final Pattern THREAD =
      Pattern.compile(
          "^MySQL thread id (\\d+), query id (\\d+) (\\S+) (\\S+)(?: ([a-z ]+))?$",
          Pattern.MULTILINE);

  private static final Pattern ROWS =
      Pattern.compile(
          "Number of rows inserted (\\d+), updated (\\d+), deleted (\\d+), read (\\d+)");

  @TempDir Path directory;
  private Database database;
  private final List<Session> sessions = new ArrayList<>();

  @BeforeEach
  void open() {
    database = Database.open(directory);
    Session session = connect();
    run(session, "CREATE DATABASE d");
    run(session, "USE d");
    run(session, "CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    run(session, "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Session connect() {
    Session session = database.connect(ConnectOptions.local());
    if (!sessions.isEmpty()) {
      run(session, "USE d");
    }
    sessions.add(session);
    return session;
  }

  private static void run(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      boolean more = true;
      while (more) {
        more = result.next();
      }
    }
  }

  private CompletableFuture<Void> blocked(Session session, String sql) {
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(session, sql));
    assertNotNull(database.awaitBlocked(session.id(), running::isDone, PATIENCE), sql);
    return running;
  }

  private String status() {
    try (Result result = sessions.getFirst().execute("SHOW ENGINE INNODB STATUS")) {
      assertTrue(result.next());
      TextBuffer text = new TextBuffer(4000);
      result.appendText(2, text);
      return text.toSlice().toUtf8();
    }
  }

  private static String section(String status, String name) {
    return SECTION
        .matcher(status)
        .results()
        .filter(m -> m.group(1).equals(name))
        .map(m -> m.group(2))
        .findFirst()
        .orElse("");
  }

  @Test
  void sectionsStandInInnodbsOrder() {
    String status = status();
    assertTrue(status.startsWith("\n=====================================\n"));
    assertTrue(status.endsWith("END OF INNODB MONITOR OUTPUT\n============================\n"));
    assertEquals(
        List.of("TRANSACTIONS", "LOG", "BUFFER POOL AND MEMORY", "ROW OPERATIONS"),
        SECTION.matcher(status).results().map(m -> m.group(1)).limit(4).toList());
    assertFalse(status.contains("LATEST DETECTED DEADLOCK"));
    assertFalse(status.contains("LATEST FOREIGN KEY ERROR"));
  }

  @Test
  void aTransactionThatWaits() {
    Session holder = connect();
    Session waiter = connect();
    run(holder, "BEGIN");
    run(holder, "UPDATE t SET n = 10 WHERE id < 3");
    run(waiter, "BEGIN");
    CompletableFuture<Void> waits = blocked(waiter, "UPDATE t SET n = 20 WHERE id = 1");
    String status = status();
    assertTrue(
        Pattern.compile(
                "---TRANSACTION \\d+, ACTIVE \\d+ sec\\n"
                    + "3 lock struct\\(s\\), heap size \\d+, 3 row lock\\(s\\), undo log entries 2\\n"
                    + "MySQL thread id "
                    + holder.id()
                    + ", query id \\d+ ")
            .matcher(status)
            .find(),
        status);
    assertTrue(
        Pattern.compile(
                "---TRANSACTION \\d+, ACTIVE \\d+ sec starting index read\\n"
                    + "mysql tables in use 1, locked 1\\n"
                    + "LOCK WAIT 2 lock struct\\(s\\), heap size \\d+, 1 row lock\\(s\\)\\n"
                    + "MySQL thread id "
                    + waiter.id()
                    + ", query id \\d+ \\S+ \\S+ updating\\n"
                    + "UPDATE t SET n = 20 WHERE id = 1\\n"
                    + "------- TRX HAS BEEN WAITING \\d+ SEC FOR THIS LOCK TO BE GRANTED:\\n"
                    + "RECORD LOCKS index PRIMARY of table `d`.`t` trx id \\d+ lock_mode X"
                    + " locks rec but not gap waiting\\n"
                    + "Record lock, key 1\\n"
                    + "------------------\\n")
            .matcher(status)
            .find(),
        status);
    run(holder, "ROLLBACK");
    waits.join();
  }

  @Test
  void theLastDeadlockOutlivesItsTables() {
    Session a = connect();
    Session b = connect();
    run(a, "BEGIN");
    run(a, "UPDATE t SET n = 10 WHERE id = 1");
    run(a, "UPDATE t SET n = 10 WHERE id = 3");
    run(b, "BEGIN");
    run(b, "UPDATE t SET n = 20 WHERE id = 2");
    CompletableFuture<Void> waits = blocked(a, "UPDATE t SET n = 11 WHERE id = 2");
    assertEquals(
        1213,
        assertThrows(DatabaseException.class, () -> run(b, "UPDATE t SET n = 21 WHERE id = 1"))
            .number());
    waits.join();
    run(a, "COMMIT");
    run(a, "DROP TABLE t");
    String deadlock = section(status(), "LATEST DETECTED DEADLOCK");
    assertEquals(
        List.of(
            "(1) TRANSACTION",
            "(1) HOLDS THE LOCK(S)",
            "(1) WAITING FOR THIS LOCK TO BE GRANTED",
            "(2) TRANSACTION",
            "(2) HOLDS THE LOCK(S)",
            "(2) WAITING FOR THIS LOCK TO BE GRANTED"),
        Pattern.compile("^\\*\\*\\* (.*):$", Pattern.MULTILINE)
            .matcher(deadlock)
            .results()
            .map(m -> m.group(1))
            .toList());
    List<String> threads = THREAD.matcher(deadlock).results().map(m -> m.group(1)).toList();
    assertEquals(List.of(Long.toString(a.id()), Long.toString(b.id())), threads);
    assertEquals(
        List.of("2", "1"),
        Pattern.compile("undo log entries (\\d+)$", Pattern.MULTILINE)
            .matcher(deadlock)
            .results()
            .map(m -> m.group(1))
            .toList());
    List<MatchResult> locks = LOCK.matcher(deadlock).results().toList();
    assertEquals(4, locks.size(), deadlock);
    for (MatchResult lock : locks) {
      assertEquals("PRIMARY", lock.group(1));
      assertEquals("d", lock.group(2));
      assertEquals("t", lock.group(3));
      assertEquals("X", lock.group(5));
    }
    assertEquals(
        List.of("1", "2", "2", "1"),
        Pattern.compile("^Record lock, key (\\d+)$", Pattern.MULTILINE)
            .matcher(deadlock)
            .results()
            .map(m -> m.group(1))
            .toList());
    assertTrue(deadlock.endsWith("*** WE ROLL BACK TRANSACTION (2)\n"), deadlock);
  }

  @Test
  void theLastStatementThatAForeignKeyRefused() {
    Session session = connect();
    run(session, "CREATE TABLE p (id INT PRIMARY KEY)");
    run(session, "CREATE TABLE c (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES p (id))");
    assertThrows(DatabaseException.class, () -> run(session, "INSERT INTO c VALUES (1, 99)"));
    String failure = section(status(), "LATEST FOREIGN KEY ERROR");
    assertTrue(failure.contains("\nINSERT INTO c VALUES (1, 99)\n"), failure);
    assertTrue(failure.contains("Foreign key constraint fails for table `d`.`c`:\n,\n"), failure);
    assertTrue(
        failure.contains("  CONSTRAINT `c_ibfk_1` FOREIGN KEY (`p`) REFERENCES `p` (`id`)\n"));
    assertTrue(failure.contains("Trying to add in child table"), failure);
    run(session, "INSERT INTO p VALUES (1)");
    run(session, "INSERT INTO c VALUES (1, 1)");
    assertThrows(DatabaseException.class, () -> run(session, "DELETE FROM p"));
    failure = section(status(), "LATEST FOREIGN KEY ERROR");
    assertTrue(failure.contains("\nDELETE FROM p\n"), failure);
    assertTrue(failure.contains("Trying to delete or update in parent table"), failure);
  }

  @Test
  void rowsAreCounted() {
    Session session = connect();
    MatchResult before = rows();
    run(session, "INSERT INTO t VALUES (4, 4), (5, 5)");
    run(session, "UPDATE t SET n = 0 WHERE id = 4");
    run(session, "DELETE FROM t WHERE id > 3");
    MatchResult after = rows();
    assertEquals(2, grown(before, after, 1));
    assertEquals(1, grown(before, after, 2));
    assertEquals(2, grown(before, after, 3));
    assertTrue(grown(before, after, 4) > 0);
  }

  private MatchResult rows() {
    return ROWS.matcher(status()).results().findFirst().orElseThrow();
  }

  private static long grown(MatchResult before, MatchResult after, int group) {
    return Long.parseLong(after.group(group)) - Long.parseLong(before.group(group));
  }

  @Test
  void whoIsVictimIsToldByItsStatement() {
    Session a = connect();
    Session b = connect();
    run(a, "BEGIN");
    run(a, "SELECT * FROM t WHERE id = 1 FOR UPDATE");
    run(b, "BEGIN");
    run(b, "UPDATE t SET n = 20 WHERE id = 2");
    CompletableFuture<Void> waits = blocked(a, "DELETE FROM t WHERE id = 2");
    run(b, "DELETE FROM t WHERE id = 1");
    CompletionException failed = assertThrows(CompletionException.class, waits::join);
    assertTrue(failed.getCause() instanceof DatabaseException e && e.number() == 1213);
    String deadlock = section(status(), "LATEST DETECTED DEADLOCK");
    assertTrue(deadlock.endsWith("*** WE ROLL BACK TRANSACTION (1)\n"), deadlock);
  }
}
