package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.WireValue;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server over a whole database in memory on a free port, with its log and a client that looks at it. Used by one test. */
final class EngineFixture implements AutoCloseable {
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final Database database = Database.inMemory();
  final VaquitaServer server;
  final WireClient observer;

  EngineFixture() throws IOException {
    this(ServerOptions.onFreePort());
  }

  EngineFixture(ServerOptions options) throws IOException {
    server =
        VaquitaServer.start(database, options, new PrintStream(log, true, StandardCharsets.UTF_8));
    observer = connect();
    observer.query("CREATE DATABASE d");
    observer.query("USE d");
    observer.query("CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    observer.query("INSERT INTO t VALUES (1, 0), (2, 0)");
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", server.port());
  }

  /** A client without a schema, until {@code d} exists. */
  WireClient connect() throws IOException {
    WireClient client = WireClient.connect(address(), "root", "", null);
    if (observerExists()) {
      client.query("USE d");
    }
    return client;
  }

  @SuppressWarnings("UnnecessaryLambda") // null only while the constructor runs
  private boolean observerExists() {
    WireClient first = observer;
    return first != null;
  }

  /** The first value of the first row, as the observer sees it; empty without rows. */
  String value(String sql) {
    List<List<String>> rows = rows(sql);
    return rows.isEmpty() ? "" : rows.getFirst().getFirst();
  }

  /** Rows as texts, NULL as the word, as the observer sees them. */
  List<List<String>> rows(String sql) {
    try {
      return rows(observer.query(sql).getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<List<String>> rows(WireResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < result.rows().size(); i++) {
      List<String> row = new ArrayList<>();
      for (WireValue value : result.rows().get(i)) {
        row.add(
            value instanceof WireValue.BytesValue bytes
                ? new String(bytes.bytes(), StandardCharsets.UTF_8)
                : "NULL");
      }
      rows.add(row);
    }
    return rows;
  }

  /** The state of a connection in the process list; null when it is not there. */
  @Nullable String state(int connectionId) {
    List<List<String>> rows =
        rows(
            "SELECT CONCAT(command, ': ', state) FROM information_schema.processlist WHERE id = "
                + connectionId);
    return rows.isEmpty() ? null : rows.getFirst().getFirst();
  }

  void awaitState(int connectionId, String state) {
    ServerFixture.await(() -> state.equals(state(connectionId)));
  }

  /** Until a client is sent the rows of this statement, not the last bytes of the one before. */
  void awaitSending(int connectionId, String statement) {
    List<String> sending = List.of("Query", "Sending to client", statement);
    ServerFixture.await(
        () ->
            rows("SELECT command, state, info FROM information_schema.processlist WHERE id = "
                    + connectionId)
                .contains(sending));
  }

  void awaitGone(int connectionId) {
    ServerFixture.await(() -> state(connectionId) == null);
  }

  /** The number of the error that an idle client is told before its connection is closed. */
  static int lastWord(WireClient client) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    boolean isOpen = true;
    while (isOpen) {
      isOpen = client.channel().read(bytes) >= 0;
    }
    return bytes.get(4) == (byte) Reply.ERROR ? Short.toUnsignedInt(bytes.getShort(5)) : 0;
  }

  String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Why a connection ended, once it has. */
  String closeReason(int connectionId) {
    String query =
        "SELECT reason FROM vaquita.closed_connections WHERE connection_id = " + connectionId;
    ServerFixture.await(() -> !value(query).isEmpty());
    return value(query);
  }

  String status(String name) {
    return rows("SHOW GLOBAL STATUS LIKE '" + name + "'").getFirst().get(1);
  }

  @Override
  public void close() throws IOException {
    try (observer) {
      server.close(Duration.ofMillis(200));
    } finally {
      database.close();
    }
  }
}
