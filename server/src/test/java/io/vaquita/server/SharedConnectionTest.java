package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.server.client.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that two processes drive: seen on this machine before they go wrong, and explained when they have. */
final class SharedConnectionTest {
  /** Opens a connection, forks, and runs the statements of its standard input in the parent. */
  private static final String PROGRAM =
      """
      import os, pymysql, sys
      where = {'host': '127.0.0.1', 'port': int(sys.argv[1])} if sys.argv[1].isdigit() else {'unix_socket': sys.argv[1]}
      c = pymysql.connect(**where, user='root', autocommit=True)
      ended, parent = os.pipe()
      child = os.fork()
      if child == 0:
          os.close(parent)
          os.read(ended, 1)
          os._exit(0)
      print(c.thread_id(), child, flush=True)
      for line in sys.stdin:
          try:
              k = c.cursor()
              k.execute(line)
              print(k.fetchall(), flush=True)
          except Exception as e:
              print(repr(e), flush=True)
      """;

  @TempDir private Path directory;
  private Path socketFile;
  private EngineFixture fixture;

  @BeforeEach
  void start() throws IOException {
    socketFile = directory.resolve("s.sock");
    fixture = new EngineFixture(ServerOptions.builder().socketFile(socketFile).build());
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  /** A running {@link #PROGRAM}. */
  private record Forked(Process process, BufferedReader out, int connectionId, long child)
      implements AutoCloseable {
    static Forked start(EngineFixture fixture) throws IOException {
      return start(Integer.toString(fixture.server.port()));
    }

    /** By a port or a Unix socket. */
    static Forked start(String where) throws IOException {
      assumeTrue(SocketHolders.canLook(), "needs Linux's /proc");
      Process process = new ProcessBuilder("/usr/bin/python3", "-c", PROGRAM, where).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      assumeTrue(line != null, "needs python3 with PyMySQL (spec/clients/install)");
      String[] words = line.split(" ");
      return new Forked(process, out, Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }

    String run(String statement) throws IOException {
      process.getOutputStream().write((statement + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return String.valueOf(out.readLine());
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }

  private void awaitReport() {
    ServerFixture.await(
        () -> {
          fixture.server.lookForSharedConnections();
          return fixture.logged().contains("[shared-connection]");
        });
  }

  @Test
  void bothProcessesAreNamedInViewLogAndWarnings() throws IOException {
    try (Forked forked = Forked.start(fixture)) {
      long parent = forked.process().pid();
      List<List<String>> holders =
          fixture.rows(
              "SELECT process_id, program, since <= NOW(6) FROM vaquita.connection_holders WHERE"
                  + " connection_id = "
                  + forked.connectionId()
                  + " ORDER BY process_id = "
                  + parent
                  + " DESC");
      assertEquals(2, holders.size(), holders::toString);
      assertEquals(Long.toString(parent), holders.get(0).get(0));
      assertEquals(Long.toString(forked.child()), holders.get(1).get(0));
      assertTrue(holders.get(0).get(1).contains("python3"), holders::toString);
      assertEquals("1", holders.get(1).get(2));

      // the server's own thread may have looked before
      boolean isToBeConfirmed = fixture.server.lookForSharedConnections();
      assertTrue(isToBeConfirmed || fixture.logged().contains("[shared-connection]"));
      awaitReport();
      assertFalse(fixture.server.lookForSharedConnections(), "it has been reported");
      String log = fixture.logged();
      assertTrue(log.contains(parent + " (") && log.contains(forked.child() + " ("), log);
      assertTrue(log.contains("opened by process " + parent), log);
      assertTrue(log.contains("lazy-apps"), log);
      assertEquals("((1,),)", forked.run("SELECT 1"));
      String warnings = forked.run("SHOW WARNINGS");
      assertTrue(warnings.contains("is held by several processes"), warnings);
      forked.run("SELECT 1");
      assertEquals("()", forked.run("SHOW WARNINGS"));
    }
  }

  @Test
  void bothProcessesAreNamedForUnixSocketsToo() throws IOException {
    String path = socketFile.toString();
    try (Forked forked = Forked.start(path);
        Forked other = Forked.start(path)) {
      for (Forked each : List.of(forked, other)) {
        assertEquals(
            List.of(
                List.of(Long.toString(each.process().pid())), List.of(Long.toString(each.child()))),
            fixture.rows(
                "SELECT process_id FROM vaquita.connection_holders WHERE connection_id = "
                    + each.connectionId()
                    + " ORDER BY process_id = "
                    + each.process().pid()
                    + " DESC"));
      }
      assertEquals(List.of(), fixture.rows("SHOW WARNINGS"));
      awaitReport();
      String line =
          fixture.logged().lines().filter(l -> l.contains("[shared-connection]")).findFirst().get();
      assertTrue(line.contains("(/usr/bin/python3") && line.contains("lazy-apps"), line);
      String warnings = forked.run("SELECT 1") + forked.run("SHOW WARNINGS");
      assertTrue(warnings.contains("is held by several processes"), warnings);
    }
  }

  @Test
  void policyKillEndsTheConnection() throws IOException {
    fixture.observer.query("SET GLOBAL shared_connection_policy = 'KILL'");
    try (Forked forked = Forked.start(fixture)) {
      awaitReport();
      assertEquals("SHARED", fixture.closeReason(forked.connectionId()));
      String answer = forked.run("SELECT 1");
      assertTrue(answer.contains("2013") || answer.contains("2006"), answer);
    }
  }

  @Test
  void policyIgnoreLooksAtNothing() throws IOException {
    fixture.observer.query("SET GLOBAL shared_connection_policy = 'IGNORE'");
    try (Forked forked = Forked.start(fixture)) {
      fixture.server.lookForSharedConnections();
      fixture.server.lookForSharedConnections();
      assertEquals("((1,),)", forked.run("SELECT 1"));
      assertTrue(!fixture.logged().contains("[shared-connection]"), fixture::logged);
    }
  }

  @Test
  void commandInsideAnotherIsExplained() throws IOException {
    try (WireClient client = fixture.connect()) {
      client.query("BEGIN");
      client.query("UPDATE t SET n = 5 WHERE id = 1");
      client.channel().write(ByteBuffer.wrap(new byte[] {1, 0, 0, 3, 14}));
      assertEquals(1156, EngineFixture.lastWord(client));
      assertEquals("OUT_OF_ORDER", fixture.closeReason(client.connectionId()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    String log = fixture.logged();
    assertTrue(log.contains("packet no. 3 of an exchange came where a command is next"), log);
    assertTrue(log.contains("used by two processes"), log);
    assertEquals("0", fixture.value("SELECT SUM(n) FROM t"));
  }
}
