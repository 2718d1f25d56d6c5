package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promised order in which a session gives up what it holds. Another session looks after each step, while the dying one stands
 * still: whatever goes too early or too late is seen every time.
 */
class ReleaseOrderTest {
  private static final String ROWS = "rows";
  private static final String USED_TABLES = "used tables";
  private static final String TEMPORARY_TABLES = "temporary tables";
  private static final String LOCKED_TABLES = "locked tables";
  private static final String NAMED_LOCKS = "named locks";

  /** What another session finds of the dying one after each step. */
  private static final Map<ReleaseStep, Set<String>> LEFT =
      Map.of(
          ReleaseStep.TRANSACTION, Set.of(TEMPORARY_TABLES, LOCKED_TABLES, NAMED_LOCKS),
          ReleaseStep.TEMPORARY_TABLES, Set.of(LOCKED_TABLES, NAMED_LOCKS),
          ReleaseStep.EXPLICIT_LOCKS, Set.of(NAMED_LOCKS),
          ReleaseStep.NAMED_LOCKS, Set.of());

  private enum End {
    CLOSE(Session::close),
    KILL(
        dying -> {
          dying.kill();
          dying.close();
        }),
    RESET(Session::reset),
    CHANGE_USER(dying -> dying.changeUser(ConnectOptions.local()));

    private final Consumer<Session> way;

    End(Consumer<Session> way) {
      this.way = way;
    }
  }

  private static String ask(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.hasRows() || !result.next()) {
        return "";
      }
      TextBuffer text = new TextBuffer(16);
      result.appendText(0, text);
      return text.toSlice().toUtf8();
    }
  }

  private static void prepare(Session session) {
    ask(session, "CREATE DATABASE d");
    ask(session, "CREATE TABLE d.used (id INT PRIMARY KEY)");
    ask(session, "CREATE TABLE d.locked (id INT PRIMARY KEY)");
    ask(session, "INSERT INTO d.used VALUES (1)");
  }

  /** One of everything that a session can hold. */
  private static void takeEverything(Session session) {
    ask(session, "CREATE TEMPORARY TABLE d.own (a INT)");
    ask(session, "DO GET_LOCK('last', 0), GET_LOCK('last', 0)");
    ask(session, "SET autocommit = 0");
    ask(session, "LOCK TABLES d.locked WRITE, d.used WRITE");
    ask(session, "INSERT INTO d.used VALUES (2)");
    ask(session, "DELETE FROM d.used WHERE id = 1");
  }

  private static Set<String> left(Session observer, long id) {
    String locks = "SELECT COUNT(*) FROM vaquita.locks WHERE connection_id = " + id + " AND ";
    Map<String, String> questions =
        Map.of(
            ROWS, locks + "kind IN ('RECORD', 'TABLE_LOCK')",
            USED_TABLES, locks + "kind = 'TABLE' AND duration = 'TRANSACTION'",
            LOCKED_TABLES,
                locks + "kind IN ('TABLE', 'GLOBAL', 'SCHEMA') AND duration = 'EXPLICIT'",
            NAMED_LOCKS, locks + "kind = 'USER LEVEL LOCK'",
            TEMPORARY_TABLES, "SELECT COUNT(*) FROM information_schema.innodb_temp_table_info");
    Set<String> left = new TreeSet<>();
    questions.forEach(
        (what, sql) -> {
          if (!ask(observer, sql).equals("0")) {
            left.add(what);
          }
        });
    return left;
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void namedLocksGoLastAndEverythingInItsTurn(End end) {
    try (EngineDatabase database = (EngineDatabase) Database.inMemory();
        Session observer = database.connect(ConnectOptions.local());
        Session dying = database.connect(ConnectOptions.local())) {
      prepare(observer);
      takeEverything(dying);
      assertEquals(
          5, left(observer, dying.id()).size(), () -> "only " + left(observer, dying.id()));
      Map<ReleaseStep, Set<String>> seen = new TreeMap<>();
      database
          .engine()
          .onRelease(
              (session, step) -> {
                if (session == dying) {
                  seen.putIfAbsent(step, left(observer, dying.id()));
                }
              });
      end.way.accept(dying);
      assertEquals(new TreeMap<>(LEFT), seen);
    }
  }

  @Test
  void aStepThatFailsKeepsNoLocks() {
    try (EngineDatabase database = (EngineDatabase) Database.inMemory();
        Session observer = database.connect(ConnectOptions.local())) {
      prepare(observer);
      Session dying = database.connect(ConnectOptions.local());
      takeEverything(dying);
      List<ReleaseStep> done = new ArrayList<>();
      database
          .engine()
          .onRelease(
              (session, step) -> {
                if (session == dying && step == ReleaseStep.TEMPORARY_TABLES) {
                  throw MySqlError.ER_OUTOFMEMORY.exception(1);
                }
                if (session == dying) {
                  done.add(step);
                }
              });
      assertThrows(DatabaseException.class, dying::close);
      assertEquals(
          List.of(ReleaseStep.TRANSACTION, ReleaseStep.EXPLICIT_LOCKS, ReleaseStep.NAMED_LOCKS),
          done);
      assertEquals(Set.of(), left(observer, dying.id()));
      assertEquals(
          "0",
          ask(
              observer,
              "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + dying.id()));
    }
  }
}
