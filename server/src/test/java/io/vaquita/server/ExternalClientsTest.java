package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients of spec/clients, each in a process of its own: what they print is what they print on a real MySQL. A client that is not
 * on this machine is skipped; spec/clients/install brings them.
 */
final class ExternalClientsTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final long SECONDS_MAX = 60;

  @TempDir private static Path directory;
  private static Database database;
  private static VaquitaServer server;
  private static Path socket;

  @BeforeAll
  static void start() throws IOException {
    socket = directory.resolve("vaquita.sock");
    database = Database.open(DatabaseOptions.inMemory().with("local_infile", "ON"));
    server =
        VaquitaServer.start(
            database,
            ServerOptions.builder().socketFile(socket).build(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    ServerFixture.await(() -> server.connectionCount() == 0);
    server.close();
    database.close();
  }

  private static int run(Path output, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(ClientTranscripts.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " did not end:\n" + Files.readString(output));
    }
    return process.exitValue();
  }

  private static void assumeRuns(String... command) throws InterruptedException {
    boolean runs;
    try {
      runs = run(directory.resolve("probe.log"), command) == 0;
    } catch (IOException e) {
      runs = false;
    }
    assumeTrue(runs, "not on this machine: " + String.join(" ", command));
  }

  /** Runs a client of the list; it sees what it sees of a real MySQL. */
  private static void assertSeesMySql(String name, String... command)
      throws IOException, InterruptedException {
    boolean records = ClientTranscripts.isRecording();
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Integer.toString(records ? ClientTranscripts.recordedPort() : server.port()));
    all.add(records ? ClientTranscripts.recordedSocket() : socket.toString());
    Path output = directory.resolve(name + ".log");
    int exit = run(output, all.toArray(String[]::new));
    assertEquals(0, exit, () -> read(output));
    ClientTranscripts.check(name, Files.readString(output));
  }

  /** Runs a client that checks by itself what it sees. */
  private static void assertRuns(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Integer.toString(server.port()));
    Path output = directory.resolve("client.log");
    int exit = run(output, all.toArray(String[]::new));
    assertEquals(0, exit, () -> read(output));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void mariadbCommandLine() throws IOException, InterruptedException {
    assumeRuns("mariadb", "--version");
    assertSeesMySql("mariadb-cli", "./mariadb_cli_test");
  }

  @Test
  void pyMySql() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import pymysql");
    assertSeesMySql("pymysql", PYTHON, "-B", "pymysql_test.py");
  }

  @Test
  void mySqlDb() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import MySQLdb");
    assertSeesMySql("mysqldb", PYTHON, "-B", "mysqldb_test.py");
  }

  @Test
  void phpMysqli() throws IOException, InterruptedException {
    assumeRuns("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);");
    assertSeesMySql("mysqli", "php", "mysqli_test.php");
  }

  @Test
  void phpPdo() throws IOException, InterruptedException {
    assumeRuns("php", "-r", "exit(extension_loaded('pdo_mysql') ? 0 : 1);");
    assertSeesMySql("pdo", "php", "pdo_test.php");
  }

  @Test
  void nodeMysql2() throws IOException, InterruptedException {
    assumeRuns("node", "-e", "require('mysql2')");
    assertSeesMySql("mysql2", "node", "mysql2_test.js");
  }

  @Test
  void localFiles() throws IOException, InterruptedException {
    assumeRuns("mariadb", "--version");
    assertRuns("./local_infile_test");
  }

  @Test
  void localFilesOfPython() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import pymysql");
    assertRuns(PYTHON, "-B", "local_infile_test.py");
  }

  @Test
  void localFilesOfPhp() throws IOException, InterruptedException {
    assumeRuns("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);");
    assertRuns("php", "-d", "mysqli.allow_local_infile=1", "local_infile_test.php");
  }

  @Test
  void sqlAlchemy() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import sqlalchemy, pymysql, MySQLdb");
    assertRuns(PYTHON, "-B", "sqlalchemy_test.py");
  }

  @Test
  void django() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import django, MySQLdb");
    assertRuns(PYTHON, "-B", "django_test.py");
  }
}
