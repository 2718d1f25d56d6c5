package io.vaquita.spec.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import io.vaquita.server.client.WireClient;
import io.vaquita.value.TextBuffer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A client process that is killed with SIGKILL while its statement waits: the wait ends without anybody's help, the session goes, and
 * what the dead client asked for never happens. That it ends within a second is not timed here: the server looks after its connections every
 * tenth of a second and has the client of a statement watched from the third look on, from when the closed socket itself tells;
 * {@code ConnectionWatchTest} holds that to a clock that moves by hand. Here states alone count: blocked, then gone before the holder lets go.
 */
final class KilledClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The client: connects, says its connection id, runs its statements. */
  static final class ClientProgram {
    private ClientProgram() {}

    public static void main(String[] args) throws Exception {
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
      try (WireClient client = WireClient.connect(server, "root", "", "k")) {
        System.out.println(Integer.toUnsignedLong(client.connectionId()));
        for (int i = 1; i < args.length; i++) {
          client.query(args[i]);
        }
      }
    }
  }

  @Test
  void waitingForARow() throws Exception {
    killedWhileWaiting(
        "BEGIN; UPDATE t SET n = 1 WHERE id = 1",
        new String[] {
          "BEGIN", "UPDATE t SET n = 7 WHERE id = 2", "UPDATE t SET n = 7 WHERE id = 1"
        },
        "COMMIT",
        "SELECT GROUP_CONCAT(n ORDER BY id) FROM t",
        "1,0");
  }

  @Test
  void waitingForATable() throws Exception {
    killedWhileWaiting(
        "LOCK TABLES t WRITE",
        new String[] {"INSERT INTO t VALUES (7, 7)"},
        "UNLOCK TABLES",
        "SELECT COUNT(*) FROM t",
        "2");
  }

  @Test
  void waitingForANamedLock() throws Exception {
    killedWhileWaiting(
        "DO GET_LOCK('killed client', 0)",
        new String[] {"DO GET_LOCK('killed client', 1000)", "INSERT INTO t VALUES (7, 7)"},
        "DO RELEASE_LOCK('killed client')",
        "SELECT CONCAT(IS_FREE_LOCK('killed client'), COUNT(*)) FROM t",
        "12");
  }

  private static void killedWhileWaiting(
      String hold, String[] statements, String letGo, String question, String answer)
      throws Exception {
    try (Database database = Database.inMemory();
        Session holder = database.connect(ConnectOptions.local())) {
      holder.allowMultiStatements(true);
      run(holder, "CREATE DATABASE k; USE k; CREATE TABLE t (id INT PRIMARY KEY, n INT)");
      run(holder, "INSERT INTO t VALUES (1, 0), (2, 0)");
      run(holder, hold);
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
      VaquitaServer server = VaquitaServer.start(database, ServerOptions.onFreePort(), nowhere);
      Process client = client(server.port(), statements);
      try {
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        long id = Long.parseLong(out.readLine());
        assertNotNull(database.awaitBlocked(id, () -> !client.isAlive(), PATIENCE));
        client.destroyForcibly();
        awaitGone(holder, id);
        run(holder, letGo);
        assertEquals(answer, ask(holder, question));
      } finally {
        client.destroyForcibly();
        server.close();
      }
    }
  }

  private static Process client(int port, String[] statements) throws Exception {
    String[] command = new String[statements.length + 5];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-cp";
    command[2] = System.getProperty("java.class.path");
    command[3] = ClientProgram.class.getName();
    command[4] = Integer.toString(port);
    System.arraycopy(statements, 0, command, 5, statements.length);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void awaitGone(Session asking, long id) {
    String question = "SELECT COUNT(*) FROM performance_schema.processlist WHERE id = " + id;
    while (!ask(asking, question).equals("0")) {
      Thread.onSpinWait();
    }
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
    while (session.hasNext()) {
      session.executeNext().close();
    }
  }

  private static String ask(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      assertEquals(true, result.next());
      TextBuffer buffer = new TextBuffer(32);
      result.appendText(0, buffer);
      return new String(buffer.toBytes(), StandardCharsets.UTF_8);
    }
  }
}
