package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guide "Server has gone away" names signs of each cause: every log text in its tables is one that a server writes here when that is
 * done to it, and every reason is one that {@code vaquita.closed_connections} has.
 */
final class GoneAwayGuideTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A host that vanishes, a bug outside of a command and damaged bytes are not done here; their reasons are checked by name. What two
   * processes do to one connection is {@link SharedConnectionTest}'s.
   */
  private static final Set<String> NOT_DONE =
      Set.of("READ_ERROR", "INTERNAL", "BAD_COMPRESSION", "[shared-connection]");

  private EngineFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EngineFixture();
    fixture.observer.query("SET GLOBAL log_error_verbosity = 3");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  /** What the guide's tables promise. */
  private record Signs(Set<String> reasons, List<String> texts) {}

  private static Signs signs() throws IOException {
    Path guide = ClientTranscripts.folder().resolve("../../docs/guide/server-has-gone-away.md");
    Set<String> reasons = new TreeSet<>();
    List<String> texts = new ArrayList<>();
    boolean isServers = false;
    for (String line : Files.readAllLines(guide)) {
      if (line.startsWith("## ")) {
        isServers = line.contains("The server ended it") || line.contains("It did not let you in");
      } else if (isServers && line.startsWith("| ") && !line.startsWith("| cause")) {
        Matcher code = CODE.matcher(line.split(" \\| ", -1)[1]);
        while (code.find()) {
          String sign = code.group(1);
          if (sign.matches("[A-Z_]+")) {
            reasons.add(sign);
          } else if (!sign.equals("log_error_verbosity")) {
            texts.add(sign);
          }
        }
      }
    }
    return new Signs(reasons, texts);
  }

  /** Numbers are any numbers; what stands for more (…) is anything. */
  private static boolean isWritten(String text, String log) {
    StringBuilder pattern = new StringBuilder();
    for (String part : text.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)|(?=…)|(?<=…)")) {
      pattern.append(part.equals("…") ? ".*" : part.matches("\\d+") ? "\\d+" : Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString()).matcher(log).find();
  }

  @Test
  void everySignIsReal() throws IOException {
    Signs signs = signs();
    assertTrue(signs.texts().size() >= 12 && signs.reasons().size() >= 14, signs::toString);
    idleClients();
    badPackets();
    stuckReader();
    endedByOthers();
    refused();
    Set<String> seen = new TreeSet<>();
    ServerFixture.await(
        () -> {
          fixture.rows("SELECT DISTINCT reason FROM vaquita.closed_connections").stream()
              .map(List::getFirst)
              .forEach(seen::add);
          return seen.containsAll(
              List.of("END_OF_STREAM", "BAD_HANDSHAKE", "REFUSED", "CLIENT_GONE"));
        });
    fixture.close();
    seen.add("SHUTDOWN");
    String log = fixture.logged() + bug();
    for (String text : signs.texts()) {
      assertTrue(
          NOT_DONE.contains(text) || isWritten(text, log),
          () -> "no line has: " + text + "\n" + log);
    }
    for (String reason : signs.reasons()) {
      assertEquals(reason, CloseReason.valueOf(reason).name());
      assertTrue(seen.contains(reason) || NOT_DONE.contains(reason), () -> reason + " in " + seen);
    }
  }

  private void idleClients() throws IOException {
    try (WireClient idle = fixture.connect();
        WireClient inTransaction = fixture.connect();
        WireClient half = fixture.connect();
        SocketChannel silent = SocketChannel.open(fixture.address())) {
      fixture.observer.query("SET GLOBAL connect_timeout = 2");
      try (SocketChannel late = SocketChannel.open(fixture.address())) {
        idle.query("SET wait_timeout = 1");
        inTransaction.query("SET idle_transaction_timeout = 1");
        inTransaction.query("BEGIN");
        inTransaction.query("UPDATE t SET n = 9 WHERE id = 1");
        half.query("SET net_read_timeout = 1");
        half.channel().write(ByteBuffer.wrap(new byte[] {20, 0, 0, 0, 3, 'S'}));
        assertEquals(4031, EngineFixture.lastWord(idle));
        assertEquals(4031, EngineFixture.lastWord(inTransaction));
        assertEquals(1159, EngineFixture.lastWord(half));
        ServerFixture.await(() -> fixture.logged().contains("connect_timeout is over"));
        assertTrue(late.isOpen() && silent.isOpen());
      }
      fixture.observer.query("SET GLOBAL connect_timeout = 10");
    }
  }

  private void badPackets() throws IOException {
    fixture.observer.query("SET GLOBAL max_allowed_packet = 2048");
    try (WireClient client = fixture.connect()) {
      assertThrows(ServerError.class, () -> client.query("SELECT '" + "x".repeat(3000) + "'"));
    }
    fixture.observer.query("SET GLOBAL max_allowed_packet = 67108864");
    try (WireClient client = fixture.connect()) {
      client.channel().write(ByteBuffer.wrap(new byte[] {1, 0, 0, 7, 14}));
      assertEquals(1156, EngineFixture.lastWord(client));
    }
    try (SocketChannel noise = SocketChannel.open(fixture.address())) {
      noise.write(ByteBuffer.wrap(new byte[] {4, 0, 0, 1, 9, 9, 9, 9}));
      while (noise.read(ByteBuffer.allocate(512)) >= 0) {
        // until the server hangs up
      }
    } catch (IOException e) {
      // or resets
    }
  }

  private void stuckReader() throws IOException {
    try (WireClient client = fixture.connect()) {
      client.query("SET net_write_timeout = 1");
      client.sendQuery(
          "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT"
              + " REPEAT('x', 10000) FROM r AS a JOIN r AS b");
      assertEquals("WRITE_TIMEOUT", fixture.closeReason(client.connectionId()));
    }
  }

  private void endedByOthers() throws IOException {
    try (WireClient killed = fixture.connect()) {
      fixture.observer.query("KILL " + killed.connectionId());
      assertEquals("KILLED", fixture.closeReason(killed.connectionId()));
    }
    WireClient gone = fixture.connect();
    gone.sendQuery("SELECT SLEEP(1000)");
    fixture.awaitState(gone.connectionId(), "Query: User sleep");
    gone.channel().close();
    assertEquals("CLIENT_GONE", fixture.closeReason(gone.connectionId()));
    WireClient wordless = fixture.connect();
    wordless.channel().close();
    assertEquals("END_OF_STREAM", fixture.closeReason(wordless.connectionId()));
  }

  private void refused() throws IOException {
    assertThrows(
        ServerError.class, () -> WireClient.connect(fixture.address(), "nobody", "wrong", null));
    ServerFixture.await(() -> fixture.server.connectionCount() == 1);
    fixture.observer.query("SET GLOBAL max_connections = 1");
    try (WireClient administrator = WireClient.connect(fixture.address(), "root", "", null)) {
      assertThrows(
          ServerError.class, () -> WireClient.connect(fixture.address(), "root", "", null));
      administrator.ping();
    }
    fixture.observer.query("SET GLOBAL max_connections = 151");
  }

  /** The log of a server whose database has a bug. */
  private static String bug() throws IOException {
    try (ServerFixture faulty = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = faulty.connect()) {
      assertThrows(ServerError.class, () -> client.query("bug"));
      return faulty.logged();
    }
  }
}
