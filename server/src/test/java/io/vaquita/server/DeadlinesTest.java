package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.protocol.Capability;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and statements that take too long: each wait ends by its own variable, also under TLS and compression. */
final class DeadlinesTest {
  private static final String TLS_AND_COMPRESSION =
      "?sslMode=REQUIRED&useCompression=true&useServerPrepStmts=false";

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

  private Connection driver(String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + fixture.server.port() + "/d" + options, "root", "");
  }

  private static void assertEnds(ThrowingRead read, int error) {
    assertEquals(error, assertThrows(ServerError.class, read::read).number());
  }

  /** Reads from a connection that is about to end. */
  private interface ThrowingRead {
    void read() throws IOException;
  }

  @Test
  void loginHasSoMuchTimeInAll() throws IOException {
    fixture.observer.query("SET GLOBAL connect_timeout = 2");
    try (SocketChannel silent = SocketChannel.open(fixture.address());
        SocketChannel slow = SocketChannel.open(fixture.address())) {
      ByteBuffer greeting = ByteBuffer.allocate(512);
      assertTrue(slow.read(greeting) > 0);
      // bytes that trickle in do not give a login more time: the server hangs up on the sender
      assertThrows(
          IOException.class,
          () -> {
            slow.write(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 1}));
            while (slow.write(ByteBuffer.wrap(new byte[] {1})) > 0) {
              awaitOneSweep();
            }
          });
      assertTrue(silent.read(ByteBuffer.allocate(512)) > 0);
      assertEquals(-1, silent.read(ByteBuffer.allocate(512)));
    }
    ServerFixture.await(() -> fixture.status("Aborted_connects").equals("2"));
    ServerFixture.await(() -> fixture.logged().contains("connect_timeout is over"));
  }

  @Test
  void tlsHandshakeThatStallsIsPartOfTheLogin() throws IOException {
    fixture.observer.query("SET GLOBAL connect_timeout = 1");
    try (SocketChannel client = SocketChannel.open(fixture.address())) {
      ByteBuffer bytes = ByteBuffer.allocate(512);
      assertTrue(client.read(bytes) > 0);
      ByteBuffer request = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
      int capabilities =
          WireClient.CAPABILITIES
              | Capability.SSL
              | Capability.PROTOCOL_41
              | Capability.PLUGIN_AUTH;
      client.write(request.putInt(32 | 1 << 24).putInt(capabilities).rewind());
      // the beginning of a record, and never its end
      client.write(ByteBuffer.wrap(new byte[] {22, 3, 1, 0, 100, 1}));
      assertEquals(-1, client.read(bytes.clear()));
    }
    ServerFixture.await(() -> fixture.status("Aborted_connects").equals("1"));
    ServerFixture.await(() -> fixture.logged().contains("connect_timeout is over"));
  }

  @Test
  void idleTransactionEndsUnderTlsToo() throws Exception {
    try (TlsWireClient secure = TlsWireClient.connect(fixture.address())) {
      secure.sendQuery("SET idle_transaction_timeout = 1");
      secure.reply(1);
      secure.sendQuery("BEGIN");
      secure.reply(1);
      assertEnds(() -> secure.reply(0), 4031);
      assertEquals("IDLE_TRANSACTION_TIMEOUT", fixture.closeReason(secure.connectionId()));
    }
  }

  private void awaitOneSweep() {
    String before = fixture.status("Bytes_sent");
    ServerFixture.await(() -> !fixture.status("Bytes_sent").equals(before));
  }

  @Test
  void idleClientsAreToldAndClosed() throws Exception {
    try (WireClient plain = fixture.connect();
        TlsWireClient secure = TlsWireClient.connect(fixture.address());
        Connection compressed = driver(TLS_AND_COMPRESSION);
        Statement statement = compressed.createStatement()) {
      statement.execute("SET wait_timeout = 1");
      secure.sendQuery("SET wait_timeout = 1");
      secure.reply(1);
      plain.query("SET wait_timeout = 1");
      assertEquals(4031, EngineFixture.lastWord(plain));
      assertEnds(() -> secure.reply(0), 4031);
      ServerFixture.await(() -> fixture.status("Aborted_clients").equals("3"));
      String message =
          assertThrows(SQLException.class, () -> statement.execute("DO 1")).getMessage();
      assertTrue(message.contains("inactivity"), message);
      assertEquals("IDLE_TIMEOUT", fixture.closeReason(plain.connectionId()));
    }
  }

  @Test
  void interactiveClientsHaveATimeoutOfTheirOwn() throws IOException {
    fixture.observer.query("SET GLOBAL interactive_timeout = 1");
    try (WireClient client =
        WireClient.connect(
            fixture.address(),
            "root",
            "",
            null,
            WireClient.CAPABILITIES | Capability.INTERACTIVE)) {
      assertEquals(4031, EngineFixture.lastWord(client));
    }
    try (WireClient other = fixture.connect()) {
      assertEquals(
          "28800",
          EngineFixture.rows(other.query("SELECT @@wait_timeout").getFirst())
              .getFirst()
              .getFirst());
    }
  }

  @Test
  void halfPacketsAndHalfRecordsHaveNetReadTimeout() throws Exception {
    byte[] half = {20, 0, 0, 0, 3, 'S', 'E'};
    try (WireClient plain = fixture.connect();
        TlsWireClient secure = TlsWireClient.connect(fixture.address())) {
      plain.query("SET net_read_timeout = 1");
      secure.sendQuery("SET net_read_timeout = 1");
      secure.reply(1);
      plain.channel().write(ByteBuffer.wrap(half));
      secure.send(half);
      assertEquals(1159, EngineFixture.lastWord(plain));
      assertEnds(() -> secure.reply(1), 1159);
      assertEquals("READ_TIMEOUT", fixture.closeReason(plain.connectionId()));
      assertEquals("READ_TIMEOUT", fixture.closeReason(secure.connectionId()));
    }
  }

  @Test
  void idleTransactionEndsAndItsLocksAreFree() throws IOException {
    try (WireClient holder = fixture.connect();
        WireClient waiter = fixture.connect()) {
      holder.query("SET idle_transaction_timeout = 1");
      holder.query("BEGIN");
      holder.query("UPDATE t SET n = 9 WHERE id = 1");
      waiter.query("UPDATE t SET n = n + 1 WHERE id = 1");
      assertEquals(4031, EngineFixture.lastWord(holder));
      assertEquals("IDLE_TRANSACTION_TIMEOUT", fixture.closeReason(holder.connectionId()));
      assertEquals("1", fixture.value("SELECT n FROM t WHERE id = 1"));
      assertTrue(
          fixture.logged().contains("its open transaction was rolled back"), fixture::logged);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM big a, big b, big c, big d",
        "SELECT a.id FROM big a, big b, big c ORDER BY a.id * b.id % 7, c.id LIMIT 1000000, 1",
        "SELECT n, SLEEP(1000) FROM t",
        "SELECT * FROM t WHERE id = 1 FOR UPDATE",
        "SELECT n, GET_LOCK('held', 1000) FROM t"
      })
  void maxExecutionTimeEndsWhateverASelectDoes(String select) throws IOException {
    try (WireClient blocker = fixture.connect();
        WireClient client = fixture.connect()) {
      blocker.query("SELECT GET_LOCK('held', 0)");
      blocker.query("BEGIN");
      blocker.query("UPDATE t SET n = n WHERE id = 1");
      client.query("SET max_execution_time = 300");
      assertEnds(() -> client.query(select), 3024);
      client.ping();
    }
  }

  @Test
  void packetLimitsBelongToTheConnection() throws IOException {
    assertEnds(() -> fixture.observer.query("SET max_allowed_packet = 2048"), 1621);
    assertEnds(() -> fixture.observer.query("SET net_buffer_length = 2048"), 1621);
    fixture.observer.query("SET GLOBAL max_allowed_packet = 2048");
    fixture.observer.query("SELECT '" + "x".repeat(5000) + "'");
    try (WireClient client = fixture.connect()) {
      client.query("SELECT '" + "x".repeat(2000) + "'");
      assertEnds(() -> client.query("SELECT '" + "x".repeat(2100) + "'"), 1153);
      assertEquals("PACKET_TOO_LARGE", fixture.closeReason(client.connectionId()));
    }
  }

  @Test
  void readerThatStopsLosesItsTransactionAndItsSocket() throws Exception {
    fixture.observer.query("SET GLOBAL net_write_timeout = 1");
    fixture.observer.query("CREATE TABLE noise (bytes LONGBLOB)");
    fixture.observer.query("SET group_concat_max_len = 1000000");
    fixture.observer.query(
        "INSERT INTO noise SELECT GROUP_CONCAT(RANDOM_BYTES(1000) SEPARATOR '') FROM big");
    try (WireClient plain = fixture.connect();
        WireClient waiter = fixture.connect();
        Connection compressed = driver(TLS_AND_COMPRESSION + "&netTimeoutForStreamingResults=0");
        Statement statement = compressed.createStatement()) {
      plain.query("BEGIN");
      plain.query("UPDATE t SET n = 9 WHERE id = 1");
      plain.sendQuery("SELECT REPEAT('x', 10000) FROM big a, big b");
      statement.setFetchSize(Integer.MIN_VALUE);
      ResultSet rows =
          statement.executeQuery("SELECT CONNECTION_ID(), bytes FROM noise, big a, big b");
      assertTrue(rows.next());
      int compressedId = rows.getInt(1);
      waiter.query("UPDATE t SET n = n + 1 WHERE id = 1");
      assertEquals("1", fixture.value("SELECT n FROM t WHERE id = 1"));
      assertEquals("WRITE_TIMEOUT", fixture.closeReason(plain.connectionId()));
      assertEquals("WRITE_TIMEOUT", fixture.closeReason(compressedId));
      // what was under way is read, and then no success
      assertThrows(IOException.class, () -> plain.results(false));
      assertThrows(SQLException.class, () -> readAll(rows));
    }
    ServerFixture.await(() -> fixture.status("Aborted_clients").equals("2"));
    assertTrue(
        fixture
            .logged()
            .matches(
                "(?s).*\\[connection-closed\\] \\[root@localhost\\] \\[localhost:\\d+\\] .*Got"
                    + " timeout writing communication packets.*of the reply to its command no. \\d+"
                    + " \\d+ bytes were sent, \\d+ waited in the buffer; statement: SELECT"
                    + " REPEAT.*"),
        fixture::logged);
  }

  private static void readAll(ResultSet rows) throws SQLException {
    boolean hasRow = true;
    while (hasRow) {
      hasRow = rows.next();
    }
  }

  @Test
  void timeoutHoldsFromTheNextStatementOfTheSameText() throws IOException {
    try (WireClient client = fixture.connect()) {
      client.sendQuery(
          "SET net_write_timeout = 1; SELECT REPEAT('x', 10000) FROM d.big a, d.big b");
      assertEquals("WRITE_TIMEOUT", fixture.closeReason(client.connectionId()));
    }
  }
}
