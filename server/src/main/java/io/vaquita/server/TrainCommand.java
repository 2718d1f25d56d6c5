package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.protocol.WireValue;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs a server and a little work through every layer, so that the JDK's AOT cache learns what a start needs. Used once, by the
 * build.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT @@version_comment LIMIT 1",
          "CREATE DATABASE IF NOT EXISTS training",
          "USE training",
          "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, k INT, c VARCHAR(100), KEY (k))",
          "INSERT INTO t (k, c) VALUES (1, 'a'), (2, 'b'), (3, 'c')",
          "SELECT c FROM t WHERE id = 2",
          "SELECT k, COUNT(*) FROM t WHERE id BETWEEN 1 AND 3 GROUP BY k ORDER BY 2 DESC LIMIT 5",
          "SELECT a.c, b.c FROM t a JOIN t b ON a.id = b.k",
          "UPDATE t SET k = k + 1 WHERE id = 1",
          "BEGIN",
          "DELETE FROM t WHERE id = 3",
          "ROLLBACK",
          "SHOW VARIABLES LIKE 'version'",
          "SHOW TABLES",
          "DROP DATABASE training");

  @Override
  public Integer call() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (Database database = Database.open(DatabaseOptions.inMemory());
        VaquitaServer server = VaquitaServer.start(database, ServerOptions.onFreePort(), nowhere);
        WireClient client =
            WireClient.connect(
                new InetSocketAddress("127.0.0.1", server.port()), "root", "", null)) {
      for (String statement : STATEMENTS) {
        run(client, statement);
      }
      prepared(client);
    }
    return 0;
  }

  private static void run(WireClient client, String statement) throws IOException {
    try {
      client.query(statement);
    } catch (ServerError e) {
      System.err.println("training: " + statement + ": " + e.line());
    }
  }

  private static void prepared(WireClient client) throws IOException {
    try {
      WireClient.Statement statement = client.prepare("SELECT ? + 1");
      client.execute(statement, List.of(new WireValue.IntegerValue(1, false)));
      client.closeStatement(statement);
    } catch (ServerError e) {
      System.err.println("training: prepared statement: " + e.line());
    }
  }
}
