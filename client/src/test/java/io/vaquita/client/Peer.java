package io.vaquita.client;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.vaquita.Database;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A server and a driver that a test runs with. Servers are started once, at the first use, on free loopback ports, and end with the
 * JVM. A MariaDB that is not installed is skipped with clear words.
 */
enum Peer {
  VAQUITA_BY_CONNECTOR_J,
  VAQUITA_BY_MARIADB_J,
  MARIADB_BY_MARIADB_J;

  static final String SCHEMA = "kit";

  /** Another server on the loopback address in Vaquita's place, say a MySQL: {@code -Dvaquita.kit.port=3306}. */
  private static final int OTHER_PORT = Integer.getInteger("vaquita.kit.port", 0);

  private static int vaquitaPort = OTHER_PORT;
  private static int mariadbPort;

  /** The driver's own data source, for the schema that is made anew at the first use. */
  DataSource source() {
    return source(port());
  }

  DataSource source(int port) {
    try {
      if (this == VAQUITA_BY_CONNECTOR_J) {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(
            "jdbc:mysql://127.0.0.1:"
                + port
                + "/"
                + SCHEMA
                + "?user=root&sslMode=DISABLED"
                + "&allowPublicKeyRetrieval=true&createDatabaseIfNotExist=true");
        return source;
      }
      return new MariaDbDataSource(
          "jdbc:mariadb://127.0.0.1:"
              + port
              + "/"
              + SCHEMA
              + "?user=root&createDatabaseIfNotExist");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return this == MARIADB_BY_MARIADB_J ? mariadb() : vaquita();
  }

  /** Whether the server is there for these tests alone: its global variables may be set. */
  boolean isOurs() {
    return OTHER_PORT == 0 || this == MARIADB_BY_MARIADB_J;
  }

  boolean isVaquita() {
    return this != MARIADB_BY_MARIADB_J && OTHER_PORT == 0;
  }

  private static synchronized int vaquita() {
    if (vaquitaPort == 0) {
      try {
        VaquitaServer server =
            VaquitaServer.start(
                Database.inMemory(),
                ServerOptions.onFreePort(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        vaquitaPort = server.port();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return vaquitaPort;
  }

  private static synchronized int mariadb() {
    if (mariadbPort == 0) {
      String program = find("mariadbd");
      Assumptions.assumeTrue(
          program != null, "MariaDB's server (mariadbd) is not installed: its tests are skipped");
      try {
        mariadbPort = startMariadb(program);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return mariadbPort;
  }

  private static int startMariadb(String program) throws IOException {
    Path data = Files.createTempDirectory("vaquita-kit-mariadb");
    String user = System.getProperty("user.name");
    Path log = data.resolve("log");
    Process install =
        start(
            log,
            "mariadb-install-db",
            "--no-defaults",
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--user=" + user);
    int port = freePort();
    Process server = null;
    try {
      if (install.waitFor() == 0) {
        server =
            start(
                log,
                program,
                "--no-defaults",
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + data.resolve("s.sock"),
                "--user=" + user,
                "--innodb-buffer-pool-size=32M");
        Process started = server;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, data)));
        await(() -> answers(port) || !started.isAlive());
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (server == null || !server.isAlive()) {
      throw new IOException(
          program + " is installed, but does not start:\n" + Files.readString(log));
    }
    return port;
  }

  private static Process start(Path log, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static void end(Process server, Path data) {
    server.destroy();
    try {
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException | InterruptedException e) {
      server.destroyForcibly();
    }
  }

  private static boolean answers(int port) {
    try (Connection connection = MARIADB_BY_MARIADB_J.source(port).getConnection()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String find(String program) {
    for (String directory : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return Path.of(directory, program).toString();
      }
    }
    return null;
  }

  /** Waits for what must come about by itself; thirty seconds are an error. */
  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("it did not come about within thirty seconds");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Whether some session waits in GET_LOCK. */
  static boolean waitsForNamedLock(Connection looking) {
    try {
      return number(
              looking,
              "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'")
          > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(one(connection, sql));
  }
}
