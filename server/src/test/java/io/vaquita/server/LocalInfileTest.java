package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.JdbcStatement;
import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.protocol.Capability;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LOAD DATA LOCAL INFILE over the wire: whatever happens to a file, the connection stays in step. */
final class LocalInfileTest {
  private static final int ROWS = 20_000;
  private static final String LOAD = "LOAD DATA LOCAL INFILE 'rows.txt' INTO TABLE t";

  private Database database;
  private VaquitaServer server;

  @BeforeEach
  void start() throws IOException {
    database = Database.open(DatabaseOptions.inMemory().with("local_infile", "ON"));
    server =
        VaquitaServer.start(
            database,
            ServerOptions.onFreePort(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private WireClient connect(int capabilities) throws IOException {
    WireClient client =
        WireClient.connect(
            new InetSocketAddress("127.0.0.1", server.port()), "root", "", null, capabilities);
    client.query("CREATE DATABASE IF NOT EXISTS d");
    client.useSchema("d");
    client.query("CREATE TABLE IF NOT EXISTS t (a INT PRIMARY KEY, b VARCHAR(40))");
    return client;
  }

  private WireClient connect() throws IOException {
    return connect(WireClient.CAPABILITIES | Capability.LOCAL_FILES);
  }

  private static byte[] rows() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= ROWS; i++) {
      text.append(i).append("\trow number ").append(i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String one(WireClient client, String sql) throws IOException {
    return client.query(sql).getFirst().text(0, 0);
  }

  @Test
  void loadsAFileOfManyPackets() throws IOException {
    try (WireClient client = connect()) {
      client.localFiles(name -> new ByteArrayInputStream(rows()));
      WireResult result = client.query(LOAD + "; SELECT 'next'").getFirst();
      assertEquals(ROWS, result.end().affectedRows());
      assertEquals(
          "Records: " + ROWS + "  Deleted: 0  Skipped: 0  Warnings: 0", result.end().info());
      assertEquals(Integer.toString(ROWS), one(client, "SELECT COUNT(*) FROM t"));
    }
  }

  @Test
  void anErrorInTheMiddleTakesTheRestOfTheFile() throws IOException {
    try (WireClient client = connect()) {
      client.localFiles(name -> new ByteArrayInputStream(rows()));
      client.query("INSERT INTO t VALUES (15000, 'here')");
      client.query("ALTER TABLE t ADD CHECK (a <> 100)");
      ServerError error =
          assertThrows(
              ServerError.class,
              () -> client.query("LOAD DATA LOCAL INFILE 'rows.txt' REPLACE INTO TABLE t"));
      assertEquals(3819, error.number());
      assertEquals("1", one(client, "SELECT COUNT(*) FROM t"));
    }
  }

  @Test
  void aFileThatTheClientDoesNotHaveLoadsNothing() throws IOException {
    try (WireClient client = connect()) {
      client.localFiles(
          name -> {
            throw new IOException("no " + name);
          });
      assertThrows(IOException.class, () -> client.query(LOAD));
      assertEquals("0", one(client, "SELECT COUNT(*) FROM t"));
    }
  }

  @Test
  void bothSidesMustAllowIt() throws IOException {
    try (WireClient unable = connect(WireClient.CAPABILITIES)) {
      assertEquals(3948, assertThrows(ServerError.class, () -> unable.query(LOAD)).number());
    }
    try (WireClient client = connect()) {
      client.query("SET GLOBAL local_infile = OFF");
      assertEquals(3948, assertThrows(ServerError.class, () -> client.query(LOAD)).number());
      assertEquals("1", one(client, "SELECT 1"));
    }
  }

  @Test
  void aClientThatGoesAwayInTheMiddleLeavesNothing() throws IOException {
    WireClient client = connect();
    client.localFiles(
        name ->
            new InputStream() {
              private int packets;

              @Override
              public int read() {
                throw new UnsupportedOperationException();
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                if (packets++ == 5) {
                  client.channel().close();
                }
                byte[] line = (packets + "\tx\n").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(line, 0, into, offset, line.length);
                return line.length;
              }
            });
    assertThrows(IOException.class, () -> client.query(LOAD));
    ServerFixture.await(() -> server.connectionCount() == 0);
    try (WireClient other = connect()) {
      assertEquals("0", one(other, "SELECT COUNT(*) FROM t"));
    }
  }

  /** The client asks for a file and then says nothing: the server waits for net_read_timeout. */
  @Test
  void aSilentClientIsGivenUp() throws IOException {
    try (WireClient client = connect()) {
      client.query("SET net_read_timeout = 1");
      client.sendQuery(LOAD);
      ServerFixture.await(() -> server.connectionCount() == 0);
    }
    try (WireClient other = connect()) {
      assertEquals("0", one(other, "SELECT COUNT(*) FROM t"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "&useCompression=true", "&sslMode=REQUIRED", "&useServerPrepStmts=true"})
  void connectorJ(String properties) throws Exception {
    try (WireClient client = connect();
        Connection connection =
            DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:"
                    + server.port()
                    + "/d?user=root&allowPublicKeyRetrieval=true&allowLoadLocalInfile=true"
                    + properties);
        Statement statement = connection.createStatement()) {
      statement
          .unwrap(JdbcStatement.class)
          .setLocalInfileInputStream(new ByteArrayInputStream(rows()));
      assertEquals(ROWS, statement.executeUpdate(LOAD));
      assertTrue(connection.isValid(0));
      assertEquals(Integer.toString(ROWS), one(client, "SELECT COUNT(*) FROM t"));
    }
  }
}
