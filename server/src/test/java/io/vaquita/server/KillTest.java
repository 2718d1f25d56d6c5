package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** KILL QUERY and KILL, whatever their victim does. */
final class KillTest {
  private EngineFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EngineFixture();
    Blocked.prepare(fixture);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(Blocked.class)
  void endsStatementsAndConnections(Blocked blocked) throws IOException {
    try (WireClient blocker = fixture.connect();
        WireClient victim = fixture.connect()) {
      blocked.block(blocker);
      victim.sendQuery(blocked.statement());
      fixture.awaitState(victim.connectionId(), blocked.state());
      fixture.observer.query("KILL QUERY " + victim.connectionId());
      assertEquals(1317, assertThrows(ServerError.class, () -> victim.results(false)).number());
      victim.ping();

      victim.sendQuery(blocked.statement());
      fixture.awaitState(victim.connectionId(), blocked.state());
      fixture.observer.query("KILL " + victim.connectionId());
      assertThrows(IOException.class, () -> readToTheEnd(victim));
      assertEquals("KILLED", fixture.closeReason(victim.connectionId()));
      Blocked.unblock(blocker);
    }
    assertEquals(Blocked.NO_CHANGES, Blocked.changes(fixture));
  }

  /** 1317 may still come, then the end of the stream. */
  private static void readToTheEnd(WireClient client) throws IOException {
    try {
      client.results(false);
    } catch (ServerError e) {
      assertEquals(1317, e.number());
    }
    client.ping();
  }

  @Test
  void victimThatDoesNotRead() throws IOException {
    for (String kill : new String[] {"KILL QUERY ", "KILL "}) {
      WireClient victim = fixture.connect();
      victim.query("BEGIN");
      victim.query("UPDATE t SET n = 7 WHERE id = 1");
      killUntilGone(victim, kill);
      assertEquals(
          kill.equals("KILL ") ? "KILLED" : "KILLED_WHILE_STUCK",
          fixture.closeReason(victim.connectionId()));
      assertThrows(IOException.class, () -> readToTheEnd(victim));
    }
    assertEquals(Blocked.NO_CHANGES, Blocked.changes(fixture));
  }

  /** While there is room in the socket's buffers KILL QUERY ends the statement between two rows, and the connection lives on. */
  private void killUntilGone(WireClient victim, String kill) throws IOException {
    int id = victim.connectionId();
    boolean isGone = false;
    for (int attempt = 0; !isGone; attempt++) {
      String statement = "SELECT REPEAT('x', 10000), " + attempt + " FROM big a, big b";
      victim.sendQuery(statement);
      fixture.awaitSending(id, statement);
      fixture.observer.query(kill + id);
      ServerFixture.await(() -> fixture.state(id) == null || "Sleep: ".equals(fixture.state(id)));
      isGone = fixture.state(id) == null;
      if (!isGone) {
        assertEquals(1317, assertThrows(ServerError.class, () -> victim.results(false)).number());
      }
    }
  }

  @Test
  void idleVictim() throws IOException {
    WireClient victim = fixture.connect();
    victim.query("BEGIN");
    victim.query("UPDATE t SET n = 7 WHERE id = 1");
    fixture.observer.query("KILL QUERY " + victim.connectionId());
    victim.query("SELECT 1");
    fixture.observer.query("KILL " + victim.connectionId());
    assertThrows(IOException.class, victim::ping);
    assertEquals("KILLED", fixture.closeReason(victim.connectionId()));
    assertEquals(Blocked.NO_CHANGES, Blocked.changes(fixture));
  }

  /** As MySQL 9.7 answers KILL QUERY: SLEEP() returns 1, and the statement fails where it looks once more before its end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT SLEEP(1000) | 1",
        "SELECT SLEEP(1000), COUNT(*) FROM t | 1",
        "SELECT SLEEP(1000), COUNT(*) FROM information_schema.tables LIMIT 1 | 1",
        "SELECT SLEEP(1000), n FROM t |",
        "SELECT SLEEP(1000), table_name FROM information_schema.tables LIMIT 2 |",
        "SELECT SLEEP(1000) UNION SELECT 2 |"
      })
  void interruptedSleep(String statement, @Nullable String answer) throws IOException {
    try (WireClient victim = fixture.connect()) {
      victim.sendQuery(statement);
      fixture.awaitState(victim.connectionId(), "Query: User sleep");
      fixture.observer.query("KILL QUERY " + victim.connectionId());
      if (answer == null) {
        assertEquals(1317, assertThrows(ServerError.class, () -> victim.results(false)).number());
      } else {
        assertEquals(answer, victim.results(false).getFirst().text(0, 0));
      }
      victim.ping();

      // a killed connection has no success to tell of, whatever it ran
      victim.sendQuery(statement);
      fixture.awaitState(victim.connectionId(), "Query: User sleep");
      fixture.observer.query("KILL " + victim.connectionId());
      try {
        victim.results(false);
        throw new AssertionError("a success after KILL");
      } catch (ServerError e) {
        assertEquals(1317, e.number());
      } catch (IOException e) {
        // its end came first
      }
      assertEquals("KILLED", fixture.closeReason(victim.connectionId()));
      victim.channel().close();
    }
  }
}
