package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.protocol.ProtocolException;
import io.vaquita.server.FaultProxy.Fault;
import io.vaquita.server.FaultProxy.Kind;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections through a network that fails: whatever happens to them, nothing of them stays (sessions, locks, named locks, rows that were
 * not committed, descriptors), what was acknowledged is there, and the counters say what happened.
 */
final class FaultyConnectionsTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Rows that all want: so few that there are always some who wait, so many that one stalled holder keeps only a few of them waiting. */
  private static final int SHARED_ROWS = 16;

  private Database database;
  private VaquitaServer server;

  @BeforeEach
  void start() throws IOException {
    database = Database.inMemory();
    server =
        VaquitaServer.start(
            database,
            ServerOptions.onFreePort(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try (WireClient client = connect()) {
      client.query("CREATE DATABASE faults");
      client.query("CREATE TABLE faults.t (id INT PRIMARY KEY, v VARCHAR(100))");
      client.query("CREATE TABLE faults.shared (id INT PRIMARY KEY, n INT)");
      for (int i = 0; i < SHARED_ROWS; i++) {
        client.query("INSERT INTO faults.shared VALUES (" + i + ", 0)");
      }
      client.query("SET GLOBAL max_connections = 2000");
    }
    ServerFixture.await(() -> server.connectionCount() == 0);
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  private WireClient connect() throws IOException {
    return WireClient.connect(address(), "root", "", null);
  }

  private long counter(String name) {
    return Long.parseLong(server.counter(name));
  }

  private long aborted() {
    return counter("Aborted_clients") + counter("Aborted_connects");
  }

  /** All that a client says in one session, up to its goodbye. */
  private byte[] recordSession() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> there =
          threads.submit(
              () -> {
                try (Socket client = listener.accept();
                    Socket target = new Socket(address().getAddress(), address().getPort())) {
                  Future<?> back =
                      threads.submit(
                          () -> target.getInputStream().transferTo(client.getOutputStream()));
                  byte[] bytes = new byte[4096];
                  for (int n; (n = client.getInputStream().read(bytes)) >= 0; ) {
                    said.write(bytes, 0, n);
                    target.getOutputStream().write(bytes, 0, n);
                  }
                  target.shutdownOutput();
                  back.get();
                }
                return null;
              });
      try (WireClient client =
          WireClient.connect(listener.getLocalSocketAddress(), "root", "", "faults")) {
        session(client, 0, false);
      }
      there.get();
    }
    return said.toByteArray();
  }

  /** Statements of all kinds: transaction, row locks, named lock, temporary table, prepared statement, cursor, many rows. */
  private static void session(WireClient client, int id, boolean commits) throws IOException {
    client.query("BEGIN");
    client.query("INSERT INTO faults.t VALUES (" + id + ", 'é🐬')");
    client.query("UPDATE faults.shared SET n = n + 1 WHERE id = " + id % SHARED_ROWS);
    client.query("SELECT GET_LOCK('of session " + id + "', 0)");
    client.query("CREATE TEMPORARY TABLE faults.own (a INT)");
    WireClient.Statement statement =
        client.prepare(
            "SELECT n, REPEAT('x', 50) FROM faults.shared, (VALUES ROW(1), ROW(2)) AS v");
    client.execute(statement, List.of());
    client.openCursor(statement, List.of());
    client.fetch(statement, 1);
    client.query(
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 500) SELECT n,"
            + " REPEAT('y', 100) FROM r");
    client.query(commits ? "COMMIT" : "ROLLBACK");
  }

  private static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    }
  }

  private static void awaitDescriptors(long most) {
    ServerFixture.await(
        () -> {
          try {
            return descriptors() <= most;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Nothing is left of any session but the one that asks. */
  private void assertNothingLeft() throws IOException {
    ServerFixture.await(() -> server.connectionCount() == 0);
    try (WireClient observer = connect()) {
      assertEquals("1", text(observer, "SELECT COUNT(*) FROM information_schema.PROCESSLIST"));
      assertEquals("0", text(observer, "SELECT COUNT(*) FROM performance_schema.data_locks"));
      assertEquals(
          "0",
          text(
              observer,
              "SELECT COUNT(*) FROM performance_schema.metadata_locks WHERE OBJECT_SCHEMA = 'faults' OR"
                  + " OBJECT_TYPE = 'USER LEVEL LOCK'"));
      // nobody holds a row of it, and DDL is not kept waiting
      observer.query("SELECT * FROM faults.shared FOR UPDATE NOWAIT");
      observer.query("ALTER TABLE faults.shared COMMENT = 'free'");
    }
    ServerFixture.await(() -> server.connectionCount() == 0);
  }

  private static String text(WireClient client, String sql) throws IOException {
    return Objects.requireNonNull(client.query(sql).getFirst().text(0, 0));
  }

  /** Says the first bytes of a recorded session and leaves, in one of three ways. */
  private void sayAndLeave(byte[] said, int length, int way) throws IOException {
    try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
      try {
        socket.getOutputStream().write(said, 0, length);
        switch (way) {
          case 0 -> socket.setSoLinger(true, 0);
          case 1 -> {
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
          default -> {}
        }
      } catch (IOException e) {
        // the server has had enough
      }
    }
  }

  @Test
  void sessionCutAtEveryByte() throws Exception {
    byte[] said = recordSession();
    long before = descriptors();
    long abortedBefore = aborted();
    int cuts = 0;
    for (int length = 0; length < said.length; length++) {
      sayAndLeave(said, length, length % 3);
      cuts++;
    }
    assertNothingLeft();
    awaitDescriptors(before + 4);
    assertEquals(abortedBefore + cuts, aborted(), "each of them ended before its time");
    sayAndLeave(said, said.length, 1);
    assertNothingLeft();
    assertEquals(abortedBefore + cuts, aborted(), "and this one did not");
    try (WireClient observer = connect()) {
      assertEquals("0", text(observer, "SELECT COUNT(*) FROM faults.t"));
      assertEquals("0", text(observer, "SELECT SUM(n) FROM faults.shared"));
    }
  }

  @Test
  void aFewHundredFaults() throws Exception {
    faults(300, 20261130);
  }

  @Test
  @Tag("slow")
  void tenThousandFaults() throws Exception {
    faults(500, 1);
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    faults(10_000, System.nanoTime());
    System.gc();
    long after = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    assertTrue(after < used + (32 << 20), "heap " + used + " before and " + after + " after");
  }

  @Test
  void tenReadersThatStop() throws Exception {
    readersThatStop(10);
  }

  @Test
  @Tag("slow")
  void aHundredReadersThatStop() throws Exception {
    readersThatStop(100);
  }

  /** Each asks for a gibibyte and reads nothing of it: the heap of a test would not hold two of them. */
  private void readersThatStop(int count) throws Exception {
    long abortedBefore = counter("Aborted_clients");
    List<WireClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WireClient client = connect();
      clients.add(client);
      client.query("SET SESSION net_write_timeout = 1");
      client.sendQuery(
          "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT a.n, b.n,"
              + " REPEAT('z', 1000) FROM r AS a JOIN r AS b");
    }
    // they compute in turn until their sockets are full
    ServerFixture.await(
        () -> server.connectionCount() == 0,
        () -> counter("Bytes_sent") - server.connectionCount());
    assertNothingLeft();
    assertEquals(abortedBefore + count, counter("Aborted_clients"));
    for (WireClient client : clients) {
      // what was under way comes, and then an end that is no success
      assertThrows(IOException.class, () -> client.results(false));
      client.channel().close();
    }
  }

  private static Fault fault(SplittableRandom random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    boolean toServer = random.nextBoolean();
    int bytes =
        kind == Kind.CHOPPED
            ? 1 + random.nextInt(toServer ? 4 : 300)
            : random.nextInt(toServer ? 1200 : 60_000);
    return new Fault(kind, toServer, bytes);
  }

  private void faults(int count, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faults.add(fault(random));
    }
    try (WireClient client = connect()) {
      client.query("SET GLOBAL wait_timeout = 1, GLOBAL net_read_timeout = 1");
      client.query("SET GLOBAL net_write_timeout = 1, GLOBAL connect_timeout = 2");
      client.query("SET GLOBAL innodb_lock_wait_timeout = 20");
      client.query("DELETE FROM faults.t");
      client.query("UPDATE faults.shared SET n = 0");
    }
    ServerFixture.await(() -> server.connectionCount() == 0);
    long before = descriptors();
    long connectionsBefore = counter("Connections");
    BitSet acknowledged = new BitSet();
    BitSet unasked = new BitSet();
    try (FaultProxy proxy = new FaultProxy(address(), faults::get);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore atOnce = new Semaphore(50);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int id = i;
        clients.add(
            threads.submit(
                () -> {
                  atOnce.acquire();
                  try {
                    through(proxy, id, acknowledged, unasked);
                  } finally {
                    atOnce.release();
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertNothingLeft();
    awaitDescriptors(before + 4);
    assertTrue(counter("Connections") >= connectionsBefore + count, "seed " + seed);
    assertRows(acknowledged, unasked, count, "seed " + seed);
  }

  /** One client; it notes whether its COMMIT was acknowledged, or could never have been asked for. */
  private static void through(FaultProxy proxy, int id, BitSet acknowledged, BitSet unasked) {
    boolean hasAsked = false;
    try (WireClient client = WireClient.connect(proxy.address(), "root", "", null)) {
      client.query("BEGIN");
      client.query("INSERT INTO faults.t VALUES (" + id + ", 'é🐬')");
      client.query("UPDATE faults.shared SET n = n + 1 WHERE id = " + id % SHARED_ROWS);
      client.query("SELECT GET_LOCK('of session " + id + "', 0)");
      WireClient.Statement statement =
          client.prepare("SELECT n, REPEAT('x', 50) FROM faults.shared, (VALUES ROW(1)) AS v");
      client.openCursor(statement, List.of());
      client.fetch(statement, 1);
      client.query(
          "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 500) SELECT n,"
              + " REPEAT('y', 100) FROM r");
      hasAsked = true;
      client.query("COMMIT");
      synchronized (acknowledged) {
        acknowledged.set(id);
      }
    } catch (IOException | ServerError | ProtocolException e) {
      // what the server says unasked (4031) comes with a number of its own
      if (!hasAsked) {
        synchronized (acknowledged) {
          unasked.set(id);
        }
      }
    }
  }

  private void assertRows(BitSet acknowledged, BitSet unasked, int count, String seed)
      throws IOException {
    try (WireClient observer = connect()) {
      BitSet there = new BitSet();
      for (var row : observer.query("SELECT id FROM faults.t").getFirst().rows()) {
        there.set(
            Integer.parseInt(
                new String(
                    ((io.vaquita.protocol.WireValue.BytesValue) row.getFirst()).bytes(),
                    StandardCharsets.US_ASCII)));
      }
      BitSet lost = (BitSet) acknowledged.clone();
      lost.andNot(there);
      assertTrue(lost.isEmpty(), seed + ": acknowledged and not there: " + lost);
      BitSet unwanted = (BitSet) there.clone();
      unwanted.and(unasked);
      assertTrue(unwanted.isEmpty(), seed + ": never committed and there: " + unwanted);
      assertEquals(
          Integer.toString(there.cardinality()),
          text(observer, "SELECT SUM(n) FROM faults.shared"),
          seed + ": a transaction was applied in part");
      assertTrue(acknowledged.cardinality() > count / 10, seed + ": hardly anything went well");
    }
  }
}
