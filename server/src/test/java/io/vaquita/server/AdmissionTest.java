package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may come in, and what is shown and counted of those who do. */
final class AdmissionTest {
  private EngineFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EngineFixture();
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void anAccountHasSoManyConnections() throws IOException {
    fixture.observer.query("SET GLOBAL max_user_connections = 2");
    for (int i = 0; i < 3; i++) {
      try (WireClient second = fixture.connect()) {
        ServerError refused = assertThrows(ServerError.class, fixture::connect);
        assertEquals(1203, refused.number());
        assertEquals(
            "User root already has more than 'max_user_connections' active connections",
            refused.getMessage());
        second.ping();
      }
      ServerFixture.await(() -> fixture.server.connectionCount() == 1);
    }
    assertEquals("3", fixture.status("Aborted_connects"));
    assertEquals("0", fixture.status("Aborted_clients"));
    assertEquals("3", fixture.status("Max_used_connections"));
    assertEquals(
        "1",
        fixture.value(
            "SELECT VARIABLE_VALUE <= NOW() AND VARIABLE_VALUE > NOW() - INTERVAL 1 HOUR FROM"
                + " performance_schema.global_status WHERE VARIABLE_NAME = 'Max_used_connections_time'"));
  }

  @Test
  void flushStatusBeginsAnewWithThePresentConnections() throws IOException {
    WireClient one = fixture.connect();
    WireClient two = fixture.connect();
    two.channel().close();
    one.close();
    ServerFixture.await(() -> fixture.server.connectionCount() == 1);
    assertEquals("1", fixture.status("Aborted_clients"));
    assertEquals("3", fixture.status("Max_used_connections"));
    fixture.observer.query("FLUSH STATUS");
    assertEquals("0", fixture.status("Aborted_clients"));
    assertEquals("1", fixture.status("Max_used_connections"));
    assertEquals("3", fixture.status("Connections"));
  }

  @Test
  void clientsThatHaveNotLoggedInAreShownAndCanBeKilled() throws IOException {
    try (SocketChannel silent = SocketChannel.open(fixture.address())) {
      String query =
          "SELECT id, user, command, state FROM information_schema.processlist WHERE user LIKE"
              + " 'unauth%'";
      ServerFixture.await(() -> !fixture.rows(query).isEmpty());
      List<String> row = fixture.rows(query).getFirst();
      assertEquals(
          List.of("unauthenticated user", "Connect", "Receiving from client"), row.subList(1, 4));
      fixture.observer.query("KILL " + row.getFirst());
      ByteBuffer bytes = ByteBuffer.allocate(1024);
      boolean isOpen = true;
      while (isOpen) {
        isOpen = silent.read(bytes) >= 0;
      }
      assertEquals("KILLED", fixture.closeReason(Integer.parseInt(row.getFirst())));
    }
    assertEquals("1", fixture.status("Aborted_connects"));
  }

  /** A statement is over when its client has been given the last of its rows, not when it has made them. */
  @Test
  void aClientThatHasNotTakenTheLastRowsIsBeingSentThem() throws IOException, InterruptedException {
    String statement = "SELECT REPEAT('x', 10000)";
    try (WireClient client = fixture.connect()) {
      String query =
          "SELECT command, state, info FROM information_schema.processlist WHERE id = "
              + client.connectionId();
      // each of the results fits into the buffer: none is written before its statement has ended
      for (int i = 0; i < 3000; i++) {
        client.sendQuery(statement);
      }
      List<String> sending = List.of("Query", "Sending to client", statement);
      ServerFixture.await(() -> fixture.rows(query).contains(sending));
      Thread reader = Thread.startVirtualThread(() -> readToTheEnd(client.channel()));
      ServerFixture.await(() -> fixture.rows(query).contains(List.of("Sleep", "", "NULL")));
      fixture.observer.query("KILL " + client.connectionId());
      reader.join();
    }
  }

  private static void readToTheEnd(ByteChannel channel) {
    ByteBuffer bytes = ByteBuffer.allocate(65536);
    try {
      while (channel.read(bytes) >= 0) {
        bytes.clear();
      }
    } catch (IOException ignored) {
      // a reset is an end, too: it was killed between two of its commands
    }
  }

  @Test
  void sessionStatusHasTheConnectionsOwnBytes() throws IOException {
    try (WireClient client = fixture.connect()) {
      client.query("SELECT REPEAT('x', 100000)");
      long mine = sessionBytes(client);
      assertTrue(mine > 100000 && mine < 110000, () -> "Bytes_sent " + mine);
    }
    long others = sessionBytes(fixture.observer);
    assertTrue(others < 100000, () -> "Bytes_sent " + others);
    assertTrue(Long.parseLong(fixture.status("Bytes_sent")) > 100000);
  }

  private static long sessionBytes(WireClient client) throws IOException {
    return Long.parseLong(
        EngineFixture.rows(client.query("SHOW SESSION STATUS LIKE 'Bytes_sent'").getFirst())
            .getFirst()
            .get(1));
  }

  @Test
  void shutdownKeepsWhatWasCommittedAndEndsTheRestWith1053() throws IOException {
    InetSocketAddress address = fixture.address();
    WireClient idle = fixture.connect();
    WireClient busy = fixture.connect();
    busy.query("BEGIN");
    busy.query("UPDATE t SET n = 3");
    busy.sendQuery("SELECT n, SLEEP(1000) FROM t");
    fixture.awaitState(busy.connectionId(), "Query: User sleep");
    fixture.server.close();
    assertThrows(IOException.class, idle::ping);
    assertEquals(1053, assertThrows(ServerError.class, () -> busy.results(false)).number());
    assertThrows(IOException.class, () -> SocketChannel.open(address));
    assertTrue(fixture.logged().contains("[stopped]"), fixture::logged);
  }

  @Test
  void hostIsBlockedAfterUnfinishedHandshakesUntilItIsForgotten() {
    AtomicLong size = new AtomicLong();
    HostCache hosts = new HostCache(size::get, () -> 3, () -> Instant.EPOCH);
    for (int i = 0; i < 5; i++) {
      hosts.handshakeFailed("192.0.2.1");
    }
    assertFalse(hosts.isBlocked("192.0.2.1"), "off while host_cache_size is 0");
    size.set(2);
    for (int i = 0; i < 2; i++) {
      hosts.handshakeFailed("192.0.2.1");
    }
    hosts.accessDenied("192.0.2.1");
    assertFalse(hosts.isBlocked("192.0.2.1"));
    hosts.loggedIn("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertFalse(hosts.isBlocked("192.0.2.1"));
      hosts.handshakeFailed("192.0.2.1");
    }
    assertTrue(hosts.isBlocked("192.0.2.1"));
    assertFalse(hosts.isBlocked("192.0.2.2"));
    assertEquals(1L, hosts.rows().getFirst().get("COUNT_HOST_BLOCKED_ERRORS"));
    hosts.forget();
    assertFalse(hosts.isBlocked("192.0.2.1"));
    hosts.loggedIn("192.0.2.2");
    hosts.loggedIn("192.0.2.3");
    assertEquals(2, hosts.rows().size());
  }

  @Test
  void hostCacheIsATableThatTruncateEmpties() throws IOException {
    fixture.observer.query("SET GLOBAL host_cache_size = 10");
    fixture.connect().close();
    assertEquals(
        "localhost", fixture.value("SELECT ip FROM performance_schema.host_cache LIMIT 1"));
    fixture.observer.query("TRUNCATE TABLE performance_schema.host_cache");
    assertEquals("0", fixture.value("SELECT COUNT(*) FROM performance_schema.host_cache"));
  }
}
