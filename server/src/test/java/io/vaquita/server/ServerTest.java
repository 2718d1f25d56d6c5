package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.protocol.Capability;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.protocol.WireType;
import io.vaquita.protocol.WireValue;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server seen from our own client: commands, results, limits, ends of connections. */
final class ServerTest {
  @Test
  void textRowsAndCounts() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      WireResult rows = client.query("rows 3 5").getFirst();
      assertEquals(3, rows.rows().size());
      assertEquals("2", rows.text(1, 0));
      assertEquals("xxxxx", rows.text(2, 1));
      assertEquals(3, rows.end().warningCount());
      WireResult ok = client.query("set x").getFirst();
      assertEquals(7, ok.end().affectedRows());
      assertEquals(300, ok.end().lastInsertId());
      assertEquals("Records: 1", ok.end().info());
      client.ping();
      client.useSchema("s");
      assertEquals(
          1049, assertThrows(ServerError.class, () -> client.useSchema("missing")).number());
      client.resetConnection();
    }
  }

  @Test
  void oldClientsGetEofPackets() throws IOException {
    int old = WireClient.CAPABILITIES & ~Capability.DEPRECATE_EOF & ~Capability.SESSION_TRACK;
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = WireClient.connect(fixture.address(), "root", "", null, old)) {
      assertEquals(3, client.query("rows 3 5").getFirst().rows().size());
      assertEquals("Records: 1", client.query("x").getFirst().end().info());
    }
  }

  @Test
  void severalStatements() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      List<WireResult> results = client.query("rows 1 1;x;rows 2 2");
      assertEquals(3, results.size());
      assertEquals(2, results.get(2).rows().size());
      ServerError error = assertThrows(ServerError.class, () -> client.query("x;fail;rows 1 1"));
      assertEquals(1064, error.number());
      assertEquals("42000", error.sqlState());
      client.ping();
    }
  }

  @Test
  void packetsBeyondSixteenMebibytesBothWays() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      for (int length :
          new int[] {0xFFFFFF - 7, 0xFFFFFF - 6, 0xFFFFFF - 5, 0xFFFFFF, 20_000_000, 40_000_000}) {
        String text = "y".repeat(length);
        assertEquals(text, client.query("echo " + text).getFirst().text(0, 0));
      }
    }
  }

  @Test
  void preparedStatementWithEveryParameterType() throws IOException {
    byte[] blob = {0, (byte) 0xFF, 1};
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      WireClient.Statement statement = client.prepare("echo ?,?,?,?,?,?,?,?");
      assertEquals(8, statement.parameterCount());
      List<WireValue> values =
          List.of(
              new WireValue.IntegerValue(-5, false),
              new WireValue.IntegerValue(-1, true),
              new WireValue.FloatingValue(1.5, false),
              WireValue.Null.NULL,
              new WireValue.BytesValue(WireType.VAR_STRING, "é".getBytes(StandardCharsets.UTF_8)),
              new WireValue.BytesValue(WireType.BLOB, blob),
              new WireValue.DateTimeValue(WireType.DATETIME, 2024, 2, 29, 23, 59, 58, 123456, true),
              new WireValue.TimeValue(true, 2, 3, 4, 5, 6, true));
      for (int i = 0; i < 2; i++) {
        List<WireValue> row = client.execute(statement, values).getFirst().rows().getFirst();
        assertEquals(values.get(0), row.get(0));
        assertEquals(values.get(1), row.get(1));
        assertEquals(values.get(2), row.get(2));
        assertEquals(values.get(3), row.get(3));
        assertArrayEquals(
            "é".getBytes(StandardCharsets.UTF_8), ((WireValue.BytesValue) row.get(4)).bytes());
        assertArrayEquals(blob, ((WireValue.BytesValue) row.get(5)).bytes());
        assertEquals(values.get(6), row.get(6));
        assertEquals(values.get(7), row.get(7));
      }
      client.closeStatement(statement);
      assertEquals(
          1243, assertThrows(ServerError.class, () -> client.execute(statement, values)).number());
    }
  }

  @Test
  void longDataComesInPieces() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      WireClient.Statement statement = client.prepare("echo ?,?");
      client.sendLongData(statement, 1, "abc".getBytes(StandardCharsets.UTF_8));
      client.sendLongData(statement, 1, "def".getBytes(StandardCharsets.UTF_8));
      List<WireValue> row =
          client
              .execute(
                  statement, List.of(new WireValue.IntegerValue(1, false), WireValue.Null.NULL))
              .getFirst()
              .rows()
              .getFirst();
      // the type of a parameter that is NULL in the packet is the one it was declared with: NULL
      // here, so text
      assertArrayEquals(
          "abcdef".getBytes(StandardCharsets.UTF_8), ((WireValue.BytesValue) row.get(1)).bytes());
    }
  }

  @Test
  void cursorGivesRowsInPortionsAlsoAroundOtherStatements() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      WireClient.Statement statement = client.prepare("rows 5 3");
      client.openCursor(statement, List.of());
      WireResult first = client.fetch(statement, 2);
      assertEquals(2, first.rows().size());
      assertTrue((first.end().statusFlags() & StatusFlag.CURSOR_EXISTS) != 0);
      assertEquals(1, client.query("rows 1 1").getFirst().rows().size());
      WireResult second = client.fetch(statement, 3);
      assertEquals(new WireValue.IntegerValue(5, false), second.rows().get(2).getFirst());
      assertTrue((second.end().statusFlags() & StatusFlag.CURSOR_EXISTS) != 0);
      WireResult last = client.fetch(statement, 1);
      assertEquals(0, last.rows().size());
      assertTrue((last.end().statusFlags() & StatusFlag.LAST_ROW_SENT) != 0);
      assertEquals(
          1421, assertThrows(ServerError.class, () -> client.fetch(statement, 1)).number());
    }
  }

  @Test
  void passwordsFastAndFullAndWrong(@TempDir Path directory) throws IOException {
    Path socket = directory.resolve("v.sock");
    ServerOptions options =
        ServerOptions.builder().rootPassword("sesam").socketFile(socket).build();
    try (ServerFixture fixture = new ServerFixture(options)) {
      for (int i = 0; i < 2; i++) {
        WireClient.connect(fixture.address(), "root", "sesam", null).close();
      }
      WireClient.connect(UnixDomainSocketAddress.of(socket), "root", "sesam", null).close();
      for (String user : List.of("root", "nobody")) {
        ServerError denied =
            assertThrows(
                ServerError.class,
                () -> WireClient.connect(fixture.address(), user, "wrong", null));
        assertEquals(1045, denied.number());
        assertEquals("28000", denied.sqlState());
        assertEquals(
            "Access denied for user '" + user + "'@'localhost' (using password: YES)",
            denied.getMessage());
      }
      assertEquals(
          1045,
          assertThrows(
                  ServerError.class, () -> WireClient.connect(fixture.address(), "root", "", null))
              .number());
      fixture.awaitNoSessions();
      assertEquals("3", fixture.server.counter("Aborted_connects"));
    }
  }

  @Test
  void idleConnectionIsToldAndClosed() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("wait_timeout", "1");
      WireClient client = fixture.connect();
      fixture.awaitNoSessions();
      ByteBuffer bytes = ByteBuffer.allocate(512);
      int count = client.channel().read(bytes);
      assertTrue(count > 9);
      assertEquals(0, bytes.get(3));
      assertEquals(4031, Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(5))));
      assertEquals("1", fixture.server.counter("Aborted_clients"));
      assertTrue(fixture.logged().contains("because of inactivity"), fixture.logged());
    }
  }

  /** The connection's thread stands still between its reply and its next read, for longer than the watcher lets a statement run unwatched. */
  @Test
  void goodbyeRightAfterTheReplyIsAGoodbye() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient idle = fixture.connect()) {
      fixture.database.set("wait_timeout", "1");
      CountDownLatch goesOn = new CountDownLatch(1);
      WireClient client = fixture.connect();
      fixture.database.afterReply =
          statement -> {
            if (statement.equals("echo x")) {
              awaitUninterruptibly(goesOn);
            }
          };
      client.query("echo x");
      client.close();
      idle.query("echo y");
      // a second of the watcher's sweeps has passed when this one is told
      assertEquals(4031, EngineFixture.lastWord(idle));
      goesOn.countDown();
      fixture.awaitNoSessions();
      assertFalse(fixture.logged().contains("went away"), fixture::logged);
      assertEquals("1", fixture.server.counter("Aborted_clients"));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readerThatStopsCostsOneBufferAndItsConnection() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("net_write_timeout", "1");
      WireClient client = fixture.connect();
      client.sendQuery("rows 1000000 1000");
      fixture.awaitNoSessions();
      assertTrue(fixture.logged().contains("Got timeout writing"), fixture.logged());
      assertEquals("1", fixture.server.counter("Aborted_clients"));
      // the client's read ends too: it gets what was under way, and then no success
      assertThrows(IOException.class, () -> client.results(false));
    }
  }

  @Test
  void vanishedClientCancelsItsStatement() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      WireClient client = fixture.connect();
      client.sendQuery("sleep");
      client.channel().close();
      fixture.awaitNoSessions();
      assertEquals(1, fixture.database.cancelled.get());
      assertTrue(fixture.logged().contains("went away while its statement ran"));
    }
  }

  @Test
  void vanishedClientIsSeenBehindPipelinedBytes() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      WireClient client = fixture.connect();
      client.sendQuery("sleep");
      client.close();
      fixture.awaitNoSessions();
      assertEquals(1, fixture.database.cancelled.get());
    }
  }

  @Test
  void tooManyConnections() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("max_connections", "2");
      try (WireClient a = fixture.connect();
          WireClient b = fixture.connect();
          WireClient administrator = fixture.connect()) {
        a.ping();
        b.ping();
        administrator.ping();
        ServerError refused = assertThrows(ServerError.class, fixture::connect);
        assertEquals(1040, refused.number());
        assertEquals("Too many connections", refused.getMessage());
      }
      fixture.awaitNoSessions();
      assertEquals("1", fixture.server.counter("Connection_errors_max_connections"));
      assertEquals("0", fixture.server.counter("Aborted_connects"));
    }
  }

  @Test
  void unknownSchemaIsRefused() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      ServerError refused =
          assertThrows(
              ServerError.class,
              () -> WireClient.connect(fixture.address(), "root", "", "missing"));
      assertEquals(1049, refused.number());
    }
  }

  @Test
  void packetTooLarge() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("max_allowed_packet", "1024");
      try (WireClient client = fixture.connect()) {
        assertEquals(
            1017,
            Objects.requireNonNull(client.query("echo " + "z".repeat(1017)).getFirst().text(0, 0))
                .length());
        client.sendQuery("echo " + "z".repeat(1018));
        fixture.awaitNoSessions();
      }
      assertTrue(fixture.logged().contains("max_allowed_packet"));
    }
  }

  @Test
  void packetsOutOfOrderCloseTheConnectionWithAdvice() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      WireClient client = fixture.connect();
      client.channel().write(ByteBuffer.wrap(new byte[] {1, 0, 0, 5, 14}));
      ByteBuffer bytes = ByteBuffer.allocate(512);
      assertTrue(client.channel().read(bytes) > 9);
      assertEquals(0, bytes.get(3));
      assertEquals(1156, Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(5))));
      assertEquals(-1, client.channel().read(bytes));
      fixture.awaitNoSessions();
      assertTrue(fixture.logged().contains("fork"), fixture.logged());
    }
  }

  @Test
  void bugsReachTheClientAndTheLogAndNotTheConnection() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      ServerError error = assertThrows(ServerError.class, () -> client.query("bug"));
      assertEquals(1105, error.number());
      client.ping();
      assertTrue(fixture.logged().contains("a bug"));
    }
  }

  @Test
  void bytesThatAreNoCharactersSurvive() throws IOException {
    byte[] sql = {'e', 'c', 'h', 'o', ' ', (byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0x80};
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      WireValue value = client.query(sql).getFirst().rows().getFirst().getFirst();
      assertArrayEquals(
          Arrays.copyOfRange(sql, 5, sql.length), ((WireValue.BytesValue) value).bytes());
    }
  }

  @Test
  void stoppingServerEndsRunningStatements() throws Exception {
    ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
    WireClient client = fixture.connect();
    client.sendQuery("sleep");
    ServerFixture.await(() -> "1".equals(fixture.server.counter("Threads_running")));
    fixture.close();
    ServerError error = assertThrows(ServerError.class, () -> client.results(false));
    assertEquals(1053, error.number());
    fixture.awaitNoSessions();
  }

  @Test
  void connectionThatTwoProcessesHoldIsNamedWithBoth() throws Exception {
    assumeTrue(SocketHolders.canLook() && Files.isExecutable(Path.of("/usr/bin/python3")));
    String program =
        "import os, socket, sys\n"
            + "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
            + "os.fork()\n"
            + "sys.stdin.read()\n";
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      Process parent =
          new ProcessBuilder(
                  "/usr/bin/python3", "-c", program, Integer.toString(fixture.server.port()))
              .start();
      try {
        ServerFixture.await(
            () -> {
              fixture.server.lookForSharedConnections();
              return fixture.logged().contains("shared-connection");
            });
        assertTrue(fixture.logged().contains(parent.pid() + " (/usr/bin/python3"), fixture::logged);
      } finally {
        parent.getOutputStream().close();
        parent.waitFor();
      }
    }
  }
}
