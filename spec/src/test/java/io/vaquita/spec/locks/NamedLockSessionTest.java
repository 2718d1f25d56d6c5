package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Named locks and sessions in the library: what the end of a session means, options, fencing numbers, views. */
@Timeout(120)
final class NamedLockSessionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Database database = Database.inMemory();
  private final List<Session> sessions = new ArrayList<>();

  @AfterEach
  void close() {
    sessions.forEach(Session::close);
    database.close();
  }

  private Session connect() {
    Session session = database.connect(ConnectOptions.local());
    sessions.add(session);
    return session;
  }

  /** The first row's values with blanks between; "ok" without rows, "error N" where it fails. */
  private static String ask(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.hasRows()) {
        return "ok";
      }
      List<String> values = new ArrayList<>();
      if (result.next()) {
        for (int i = 0; i < result.columns().size(); i++) {
          TextBuffer text = new TextBuffer(32);
          if (!result.isNull(i)) {
            result.appendText(i, text);
          }
          values.add(
              result.isNull(i) ? "NULL" : new String(text.toBytes(), StandardCharsets.UTF_8));
        }
      }
      return String.join(" ", values);
    } catch (DatabaseException e) {
      return "error " + e.number();
    }
  }

  private CompletableFuture<String> waits(Session session, String sql) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(ask(session, sql)));
    assertNotNull(
        database.awaitBlocked(session.id(), answer::isDone, LONG), () -> sql + " should wait");
    return answer;
  }

  // ---- the end of a session

  /** Takes one of everything that a session can have, a hundred temporary tables so that their end takes a while. */
  private static void takeEverything(Session session, String table) {
    for (int i = 0; i < 100; i++) {
      assertEquals("ok", ask(session, "CREATE TEMPORARY TABLE d.tmp" + i + " (a INT)"));
    }
    assertEquals("1 1", ask(session, "SELECT GET_LOCK('last', 0), GET_LOCK('last', 0)"));
    assertEquals("ok", ask(session, "BEGIN"));
    assertEquals("ok", ask(session, "INSERT INTO d." + table + " VALUES (100, 0)"));
    assertEquals("ok", ask(session, "UPDATE d." + table + " SET n = 7 WHERE id = 1"));
  }

  /** What is left of a session at the moment at which another one got its named lock: nothing. */
  private static void assertNothingLeft(Session heir, long id, String table) {
    assertEquals("0", ask(heir, "SELECT COUNT(*) FROM information_schema.innodb_temp_table_info"));
    assertEquals("0", ask(heir, "SELECT COUNT(*) FROM vaquita.locks WHERE connection_id = " + id));
    assertEquals("1 0", ask(heir, "SELECT * FROM d." + table + " FOR UPDATE NOWAIT"));
    assertEquals("ok", ask(heir, "SET SESSION lock_wait_timeout = 1"));
    assertEquals("ok", ask(heir, "ALTER TABLE d." + table + " ADD COLUMN later INT"));
  }

  private void teardown(String table, java.util.function.Consumer<Session> end) {
    Session heir = connect();
    ask(heir, "CREATE DATABASE IF NOT EXISTS d");
    ask(heir, "CREATE TABLE d." + table + " (id INT PRIMARY KEY, n INT)");
    ask(heir, "INSERT INTO d." + table + " VALUES (1, 0)");
    Session dying = connect();
    takeEverything(dying, table);
    CompletableFuture<Void> checked =
        waits(heir, "SELECT GET_LOCK('last', -1)")
            .thenAccept(
                got -> {
                  assertEquals("1", got);
                  assertNothingLeft(heir, dying.id(), table);
                });
    end.accept(dying);
    checked.join();
  }

  @Test
  void namedLocksAreTheLastThingToGoWhenASessionEnds() {
    teardown("t1", Session::close);
  }

  @Test
  void namedLocksAreTheLastThingToGoWhenASessionIsKilled() {
    teardown(
        "t2",
        dying -> {
          dying.kill();
          dying.close();
        });
  }

  @Test
  void namedLocksAreTheLastThingToGoWhenASessionIsReset() {
    teardown("t3", Session::reset);
  }

  @Test
  void namedLocksAreTheLastThingToGoWhenTheUserChanges() {
    teardown("t4", dying -> dying.changeUser(ConnectOptions.local()));
  }

  @Test
  void lockedTablesAreFreeBeforeTheNamedLockIs() {
    Session heir = connect();
    ask(heir, "CREATE DATABASE d");
    ask(heir, "CREATE TABLE d.t (id INT PRIMARY KEY)");
    Session dying = connect();
    ask(dying, "SELECT GET_LOCK('last', 0)");
    ask(dying, "LOCK TABLES d.t WRITE");
    CompletableFuture<String> lock = waits(heir, "SELECT GET_LOCK('last', -1)");
    CompletableFuture<String> then =
        lock.thenApply(
            got -> ask(heir, "SET SESSION lock_wait_timeout = 1") + ask(heir, "TABLE d.t"));
    dying.close();
    assertEquals("ok", then.join());
  }

  @Test
  void killQueryDuringSleepLeavesTheLockThatTheStatementTook() {
    Session sleeper = connect();
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () ->
                answer.complete(ask(sleeper, "SELECT GET_LOCK('kept', 0), SLEEP(1000) FROM DUAL")));
    Session other = connect();
    String sleeps =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User sleep'";
    while (!ask(other, sleeps).equals("1")) {
      Thread.yield();
    }
    assertEquals("ok", ask(other, "KILL QUERY " + sleeper.id()));
    assertTrue(List.of("1 1", "error 1317").contains(answer.join()), answer::join);
    assertEquals(Long.toString(sleeper.id()), ask(other, "SELECT IS_USED_LOCK('kept')"));
  }

  @Test
  void closingTheDatabaseEndsTheWait() {
    Session holder = connect();
    ask(holder, "SELECT GET_LOCK('held', 0)");
    CompletableFuture<String> answer = waits(connect(), "SELECT GET_LOCK('held', -1)");
    database.close();
    assertTrue(List.of("error 1317", "error 1053").contains(answer.join()), answer::join);
  }

  // ---- options

  @Test
  void anUnavailableLockIsAnErrorWhereThatIsAskedFor() {
    Session holder = connect();
    ask(holder, "SELECT GET_LOCK('held', 0)");
    Session other = connect();
    assertEquals("0", ask(other, "SELECT @@user_lock_error_on_timeout"));
    assertEquals("0", ask(other, "SELECT GET_LOCK('held', 0)"));
    ask(other, "SET SESSION user_lock_error_on_timeout = ON");
    assertEquals("error 1205", ask(other, "SELECT GET_LOCK('held', 0)"));
    assertEquals("1", ask(other, "SELECT GET_LOCK('free', 0)"));

    ask(other, "CREATE DATABASE d");
    ask(other, "CREATE TABLE d.t (id INT PRIMARY KEY, got INT)");
    ask(other, "BEGIN");
    ask(other, "INSERT INTO d.t VALUES (1, 1)");
    assertEquals(
        "error 1205",
        ask(
            other,
            "INSERT INTO d.t SELECT 2, GET_LOCK('free', 0) UNION ALL SELECT 3, GET_LOCK('held', 0)"));
    assertEquals("1", ask(other, "SELECT COUNT(*) FROM d.t"));
    assertEquals("2", ask(other, "SELECT RELEASE_ALL_LOCKS()"));

    ask(other, "SET GLOBAL user_lock_error_on_timeout = ON");
    assertEquals("error 1205", ask(connect(), "SELECT GET_LOCK('held', 0)"));
    ask(other, "SET GLOBAL user_lock_error_on_timeout = OFF");
    assertEquals("0", ask(connect(), "SELECT GET_LOCK('held', 0)"));
  }

  @Test
  void theErrorNamesTheHolder() {
    Session holder = connect();
    ask(holder, "SELECT GET_LOCK('held', 0)");
    Session other = connect();
    ask(other, "SET SESSION user_lock_error_on_timeout = ON, user_lock_wait_timeout = 1");
    assertEquals("error 1205", ask(other, "SELECT GET_LOCK('held', -1)"));
    String note = ask(other, "SHOW WARNINGS LIMIT 1, 1");
    assertTrue(note.startsWith("Note 1205 "), note);
    assertTrue(note.contains("connection " + holder.id()), note);
  }

  @Test
  void waitsWithoutEndHaveABoundWhereThatIsAskedFor() {
    Session holder = connect();
    ask(holder, "SELECT GET_LOCK('held', 0)");
    Session other = connect();
    assertEquals("0", ask(other, "SELECT @@user_lock_wait_timeout"));
    ask(other, "SET SESSION user_lock_wait_timeout = 1");
    assertEquals("0", ask(other, "SELECT GET_LOCK('held', -1)"));
    assertEquals("0", ask(other, "SELECT GET_LOCK('held', 1000000)"));
    assertEquals("0", ask(other, "SELECT GET_LOCK('held', 0)"));
    ask(other, "SET GLOBAL user_lock_wait_timeout = 1");
    assertEquals("0", ask(connect(), "SELECT GET_LOCK('held', -1)"));
    assertEquals("error 1232", ask(other, "SET user_lock_wait_timeout = 'long'"));
  }

  // ---- fencing numbers

  @Test
  void numbersRiseForEachHolderAndStayWhileItHolds() {
    Session a = connect();
    Session b = connect();
    assertEquals("NULL", ask(a, "SELECT VAQUITA_LOCK_TOKEN('x')"));
    ask(a, "SELECT GET_LOCK('x', 0)");
    long first = Long.parseLong(ask(a, "SELECT vaquita_lock_token('X')"));
    ask(a, "SELECT GET_LOCK('x', 0)");
    assertEquals(first, Long.parseLong(ask(a, "SELECT VAQUITA_LOCK_TOKEN('x')")));
    assertEquals("NULL", ask(b, "SELECT VAQUITA_LOCK_TOKEN('x')"));
    ask(a, "SELECT RELEASE_LOCK('x'), RELEASE_LOCK('x')");
    assertEquals("NULL", ask(a, "SELECT VAQUITA_LOCK_TOKEN('x')"));
    ask(b, "SELECT GET_LOCK('x', 0)");
    assertTrue(first < Long.parseLong(ask(b, "SELECT VAQUITA_LOCK_TOKEN('x')")));
    assertEquals("error 3057", ask(b, "SELECT VAQUITA_LOCK_TOKEN('')"));
    assertEquals("error 1582", ask(b, "SELECT VAQUITA_LOCK_TOKEN()"));
  }

  @Test
  void numbersRiseAcrossOpenings(@TempDir Path directory) {
    long last = 0;
    for (int i = 0; i < 3; i++) {
      try (Database files = Database.open(directory);
          Session session = files.connect(ConnectOptions.local())) {
        String both =
            ask(session, "SELECT GET_LOCK('x', 0), VAQUITA_LOCK_TOKEN('x')")
                .substring("1 ".length());
        assertTrue(Long.parseLong(both) > last, () -> "again " + both);
        last = Long.parseLong(both);
      }
    }
  }

  // ---- views

  @Test
  void depthAndAgeCanBeSeen() {
    Session a = connect();
    ask(a, "SELECT GET_LOCK('Deep', 0), GET_LOCK('deep', 0), GET_LOCK('DEEP', 0)");
    CompletableFuture<String> b = waits(connect(), "SELECT GET_LOCK('deep', -1)");
    Session c = connect();
    String columns = "SELECT connection_id, target, mode, granted, depth";
    String where = " FROM vaquita.locks WHERE kind = 'USER LEVEL LOCK' AND granted = ";
    assertEquals(a.id() + " deep EXCLUSIVE YES 3", ask(c, columns + where + "'YES'"));
    assertTrue(ask(c, columns + where + "'NO'").endsWith("deep EXCLUSIVE NO 1"));
    assertEquals(
        "1 1",
        ask(
            c,
            "SELECT since < NOW(3) + INTERVAL 1 HOUR, since > NOW(3) - INTERVAL 1 HOUR"
                + where
                + "'YES'"));
    assertEquals(
        a.id() + " deep",
        ask(c, "SELECT blocking_connection_id, waiting_target FROM vaquita.lock_waits"));
    ask(a, "SELECT RELEASE_LOCK('deep')");
    assertEquals("2", ask(c, "SELECT depth" + where + "'YES'"));
    ask(a, "SELECT RELEASE_ALL_LOCKS()");
    assertEquals("1", b.join());
  }

  @Test
  void theDirectWayOfAskingIsTheSame() {
    Session session = connect();
    ask(session, "SELECT GET_LOCK('x', 0)");
    DatabaseException e =
        assertThrows(
            DatabaseException.class, () -> session.execute("DO GET_LOCK(NULL, 0)").close());
    assertEquals(3057, e.number());
    assertEquals("42000", e.sqlState());
  }
}
