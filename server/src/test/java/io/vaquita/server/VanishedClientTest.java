package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that leave while their statement computes, waits or sends: it ends, and nothing of it is applied. */
final class VanishedClientTest {
  private EngineFixture fixture;

  /** How a client can leave. */
  private enum Way {
    CLOSED,
    RESET,
    HALF_CLOSED;

    void leave(SocketChannel channel) throws IOException {
      switch (this) {
        case CLOSED -> channel.close();
        case RESET -> {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
          channel.close();
        }
        case HALF_CLOSED -> channel.shutdownOutput();
      }
    }
  }

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
  void statementEndsWithItsClient(Blocked blocked) throws IOException {
    try (WireClient blocker = fixture.connect()) {
      blocked.block(blocker);
      for (Way way : Way.values()) {
        WireClient client = fixture.connect();
        client.sendQuery(blocked.statement());
        fixture.awaitState(client.connectionId(), blocked.state());
        way.leave(client.channel());
        fixture.awaitGone(client.connectionId());
        assertEquals("CLIENT_GONE", fixture.closeReason(client.connectionId()));
        client.channel().close();
      }
      Blocked.unblock(blocker);
    }
    assertEquals(Blocked.NO_CHANGES, Blocked.changes(fixture));
    assertEquals(Integer.toString(Way.values().length), fixture.status("Aborted_clients"));
    assertTrue(
        fixture.logged().contains("The client went away while its statement ran"), fixture::logged);
  }

  @Test
  void clientThatLeavesWhileItIsSentRows() throws IOException {
    for (Way way : new Way[] {Way.CLOSED, Way.RESET}) {
      WireClient client = fixture.connect();
      client.query("BEGIN");
      client.query("UPDATE t SET n = 7 WHERE id = 1");
      String statement = "SELECT REPEAT('x', 10000) FROM big a, big b";
      client.sendQuery(statement);
      fixture.awaitSending(client.connectionId(), statement);
      way.leave(client.channel());
      fixture.awaitGone(client.connectionId());
      String reason = fixture.closeReason(client.connectionId());
      assertTrue(reason.equals("CLIENT_GONE") || reason.equals("WRITE_ERROR"), reason);
    }
    assertEquals(Blocked.NO_CHANGES, Blocked.changes(fixture));
    assertEquals("0", fixture.value("SELECT COUNT(*) FROM performance_schema.data_locks"));
    assertTrue(fixture.logged().contains("its open transaction was rolled back"), fixture::logged);
  }
}
