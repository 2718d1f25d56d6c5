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
 * The clients of spec/clients, each in a process of its own. A client that is not on this machine is skipped; spec/clients/install
 * brings them.
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
            ServerOptions.onFreePort().withSocketFile(socket),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    ServerFixture.await(() -> server.connectionCount() == 0);
    server.close();
    database.close();
  }

  /** The folder with the scripts, from the module's folder or the project's. */
  private static Path scripts() {
    Path here = Path.of("").toAbsolutePath();
    Path inProject = here.resolve("spec/clients");
    return Files.isDirectory(inProject) ? inProject : here.resolveSibling("spec/clients");
  }

  private static int run(Path output, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(scripts().toFile())
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

  private static void assertRuns(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Integer.toString(server.port()));
    all.add(socket.toString());
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
    assertRuns("./mariadb_cli_test");
  }

  @Test
  void pyMySql() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import pymysql");
    assertRuns(PYTHON, "-B", "pymysql_test.py");
  }

  @Test
  void mySqlDb() throws IOException, InterruptedException {
    assumeRuns(PYTHON, "-c", "import MySQLdb");
    assertRuns(PYTHON, "-B", "mysqldb_test.py");
  }

  @Test
  void phpMysqli() throws IOException, InterruptedException {
    assumeRuns("php", "-r", "exit(extension_loaded('mysqli') ? 0 : 1);");
    assertRuns("php", "-d", "mysqli.allow_local_infile=1", "mysqli_test.php");
  }

  @Test
  void nodeMysql2() throws IOException, InterruptedException {
    assumeRuns("node", "-e", "require('mysql2')");
    assertRuns("node", "mysql2_test.js");
  }
}
