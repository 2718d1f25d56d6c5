package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the error log, and the tables that show it. */
final class ErrorLogTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final LogSubject CLIENT = new LogSubject(7, "root@localhost", "localhost:4711");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, String> variables = new HashMap<>();
  private final ErrorLog log =
      new ErrorLog(
          new LogOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8)),
          name -> variables.getOrDefault(name, ""),
          Clock.fixed(TIME, ZoneOffset.UTC));

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lineOfText() {
    log.log(LogEvent.CONNECTION_CLOSED, CLIENT, "a line\nof \"mine\"");
    assertEquals(
        "2026-01-02T03:04:05.123456Z 7 [Warning] [connection-closed] [root@localhost]"
            + " [localhost:4711] a line?of \"mine\"\n",
        written());
  }

  @Test
  void lineOfJson() {
    variables.put("log_error_format", "JSON");
    log.log(LogEvent.CONNECTION_CLOSED, CLIENT, "a line\nof \"mine\"");
    assertEquals(
        "{\"time\":\"2026-01-02T03:04:05.123456Z\",\"level\":\"Warning\",\"connection\":7,"
            + "\"account\":\"root@localhost\",\"host\":\"localhost:4711\","
            + "\"event\":\"connection-closed\",\"code\":\"MY-010914\","
            + "\"detail\":\"a line?of \\\"mine\\\"\"}\n",
        written());
  }

  @Test
  void verbosityChoosesLinesAndTheTableKeepsAll() {
    for (String verbosity : List.of("1", "2", "3")) {
      variables.put("log_error_verbosity", verbosity);
      log.log(LogEvent.STARTED, "s");
      log.log(LogEvent.INTERNAL_ERROR, "e");
      log.log(LogEvent.HOST_BLOCKED, "w");
      log.log(LogEvent.CLIENT_LEFT, "n");
    }
    assertEquals(2 + 3 + 4, written().lines().count());
    assertEquals(12, log.entries().size());
  }

  @Test
  void floodOfOneCauseIsCountedAndOthersComeThrough() {
    for (int i = 0; i < 1000; i++) {
      log.log(LogEvent.CONNECTION_CLOSED, CLIENT, "IDLE_TIMEOUT", "idle", null);
    }
    log.log(LogEvent.CONNECTION_CLOSED, CLIENT, "WRITE_TIMEOUT", "stuck", null);
    assertEquals(51, written().lines().count());
    log.tellLeftOut();
    log.tellLeftOut();
    assertEquals(52, written().lines().count());
    assertTrue(written().contains("950 more lines of this cause were left out"), written());
  }

  @Test
  void movedFileIsOpenedAnew(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("error.log");
    LogOutput out = new LogOutput(file);
    out.write("one", null);
    Files.move(file, directory.resolve("error.log.1"));
    out.reopen();
    out.write("two", null);
    assertEquals(List.of("two"), Files.readAllLines(file));
  }

  @Test
  void tablesShowEventsAndEndedConnections() throws IOException {
    try (EngineFixture fixture = new EngineFixture()) {
      int id;
      try (WireClient client = fixture.connect()) {
        id = client.connectionId();
        client.query("BEGIN");
        client.query("UPDATE t SET n = 471147114 WHERE id = 2");
        client.query("SET wait_timeout = 1");
        assertEquals(4031, EngineFixture.lastWord(client));
      }
      assertEquals("IDLE_TIMEOUT", fixture.closeReason(id));
      List<String> row =
          fixture
              .rows(
                  "SELECT account, program, schema_name, commands, bytes_sent > 0, last_statement,"
                      + " detail, closed >= connected FROM vaquita.closed_connections WHERE"
                      + " connection_id = "
                      + id)
              .getFirst();
      assertEquals(List.of("root@localhost", "vaquita sql", "d", "4", "1"), row.subList(0, 5));
      assertEquals("SET `wait_timeout` = ?", row.get(5));
      assertEquals("1", row.get(7));
      List<String> event =
          fixture
              .rows(
                  "SELECT prio, error_code, subsystem, data, logged <= NOW(6) FROM"
                      + " performance_schema.error_log WHERE thread_id = "
                      + id)
              .getFirst();
      assertEquals(List.of("Warning", "MY-010914", "Server"), event.subList(0, 3));
      assertTrue(event.get(3).contains("because of inactivity"), event::toString);
      assertTrue(event.get(3).contains("open transaction was rolled back"), event::toString);
      assertEquals("1", event.get(4));
      assertTrue(!fixture.logged().contains("471147114"), fixture::logged);
    }
  }

  /** At verbosity 3, in one line, and without the values of statements and rows. */
  @Test
  void aDeadlockIsALineOfItsVictims() throws Exception {
    try (EngineFixture fixture = new EngineFixture();
        WireClient first = fixture.connect();
        WireClient second = fixture.connect()) {
      fixture.observer.query("SET GLOBAL log_error_verbosity = 3");
      first.query("BEGIN");
      first.query("UPDATE t SET n = 4711 WHERE id = 1");
      second.query("SELECT GET_LOCK('left', 0)");
      first.sendQuery("SELECT GET_LOCK('left', 60)");
      fixture.awaitState(first.connectionId(), "Query: User lock");
      assertEquals(
          1213,
          assertThrows(ServerError.class, () -> second.query("DELETE FROM t WHERE id = 1"))
              .number());
      second.query("SELECT RELEASE_ALL_LOCKS()");
      first.results(false);
      List<String> lines = fixture.logged().lines().filter(l -> l.contains("[deadlock]")).toList();
      assertEquals(1, lines.size(), fixture::logged);
      String line = lines.getFirst();
      int victim = second.connectionId();
      assertTrue(line.contains(" " + victim + " [Note] [deadlock] [root@localhost] ["), line);
      assertTrue(line.contains("waits for EXCLUSIVE on USER LEVEL LOCK left, where"), line);
      assertTrue(line.contains("waits for X,REC_NOT_GAP on d.t.PRIMARY, where connection"), line);
      assertTrue(line.contains("DELETE FROM `t` WHERE `id` = ?"), line);
      assertTrue(line.endsWith("Connection " + victim + " loses."), line);
      assertEquals(
          "1",
          fixture.value(
              "SELECT COUNT(*) FROM performance_schema.error_log WHERE DATA LIKE '%loses.'"));
    }
  }

  /** What was found before the server was there is in its log all the same. */
  @Test
  void aPersistedVariableThatDoesNotFitIsNamed(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("vaquita-auto.cnf"),
        "# Vaquita: what SET PERSIST has kept; written by the server\nmax_connections=many\n");
    try (Database database = Database.open(directory)) {
      VaquitaServer server =
          VaquitaServer.start(
              database,
              ServerOptions.onFreePort(),
              new PrintStream(bytes, true, StandardCharsets.UTF_8));
      server.close();
    }
    assertTrue(
        written().contains("[Warning] [refused-variable] persisted variable max_connections: "),
        this::written);
  }
}
