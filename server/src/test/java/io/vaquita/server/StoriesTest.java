package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of examples/stories: what their users see, and what the log says. A story whose client is missing is skipped. */
final class StoriesTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final long SECONDS_MAX = 120;

  @TempDir private Path directory;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Database database;
  private VaquitaServer server;

  @BeforeEach
  void start() throws IOException {
    database = Database.inMemory();
    server =
        VaquitaServer.start(
            database,
            ServerOptions.onFreePort(),
            new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private static Path folder(String story) {
    return ClientTranscripts.folder().resolve("../../examples/stories").resolve(story).normalize();
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** A story's program, which waits for a line on its standard input. */
  private final class Story implements AutoCloseable {
    private final Path output = directory.resolve("output");
    private final Process process;

    Story(String name, String... command) throws IOException {
      List<String> all = new ArrayList<>(List.of(command));
      process =
          new ProcessBuilder(all)
              .directory(folder(name).toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    }

    String printed() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        return e.toString();
      }
    }

    void awaitPrinted(String text) {
      awaitLong(() -> printed().contains(text) || !process.isAlive(), this::printed);
      assertTrue(printed().contains(text), this::printed);
    }

    void goOn() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    /** Waits for its end and gives what it printed. */
    String end() throws InterruptedException {
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), this::printed);
      assertEquals(0, process.exitValue(), this::printed);
      return printed();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** As {@link ServerFixture#await}, for programs that start slowly on a busy machine. */
  private static void awaitLong(
      java.util.function.BooleanSupplier condition, java.util.function.Supplier<String> state) {
    for (int i = 0; i < 12; i++) {
      try {
        ServerFixture.await(condition);
        return;
      } catch (AssertionError e) {
        // once more
      }
    }
    throw new AssertionError("it did not come about:\n" + state.get());
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static void assumeRuns(String... command) {
    assumeTrue(runs(command), "not on this machine: " + String.join(" ", command));
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), text);
    return Long.parseLong(matcher.group(1));
  }

  private void awaitSharedConnectionLine() {
    awaitLong(
        () -> {
          server.lookForSharedConnections();
          return logged().contains("shared-connection");
        },
        this::logged);
  }

  private void assertNoSharedConnection() {
    for (int look = 0; look < 3; look++) {
      server.lookForSharedConnections();
    }
    assertFalse(logged().contains("shared-connection"), this::logged);
  }

  @Test
  void forkedChildEndsItsParentsTransaction() throws Exception {
    assumeTrue(SocketHolders.canLook());
    assumeRuns(PYTHON, "-c", "import MySQLdb");
    try (Story story =
        new Story(
            "forked-connection",
            PYTHON,
            "-B",
            "story.py",
            Integer.toString(server.port()),
            "shared")) {
      story.awaitPrinted("child ");
      awaitSharedConnectionLine();
      long parent = number(story.printed(), "parent (\\d+) has taken");
      long child = number(story.printed(), "child (\\d+) sees a balance of 100");
      String line = logged().lines().filter(l -> l.contains("shared-connection")).findFirst().get();
      assertTrue(line.contains(parent + " (") && line.contains(child + " ("), line);
      assertTrue(line.contains("fork") && line.contains("multiprocessing"), line);
      story.goOn();
      String printed = story.end();
      assertTrue(
          Pattern.compile("parent cannot roll back: (2006|2013) ").matcher(printed).find(),
          printed);
      assertTrue(printed.contains("the balance is 100\n"), printed);
    }
  }

  @Test
  void reconnectedAfterTheForkEachHasItsOwnTransaction() throws Exception {
    assumeRuns(PYTHON, "-c", "import MySQLdb");
    try (Story story =
        new Story(
            "forked-connection",
            PYTHON,
            "-B",
            "story.py",
            Integer.toString(server.port()),
            "reconnected")) {
      story.awaitPrinted("has not committed");
      story.awaitPrinted("child ");
      assertNoSharedConnection();
      story.goOn();
      String printed = story.end();
      assertTrue(printed.contains("parent has rolled back"), printed);
      assertTrue(printed.contains("the balance is 1000\n"), printed);
    }
  }

  @Test
  void preforkWorkersShareAPooledConnection() throws Exception {
    assumeTrue(SocketHolders.canLook());
    assumeRuns("uwsgi", "--plugins", "python3", "--version");
    assumeRuns(PYTHON, "-c", "import sqlalchemy, pymysql");
    try (Story story =
        new Story(
            "prefork-server",
            PYTHON,
            "-B",
            "story.py",
            Integer.toString(server.port()),
            "shared")) {
      story.awaitPrinted("four workers are up");
      awaitSharedConnectionLine();
      String line = logged().lines().filter(l -> l.contains("shared-connection")).findFirst().get();
      assertTrue(Pattern.compile("\\d+ \\(uwsgi.*\\d+ \\(uwsgi").matcher(line).find(), line);
      assertTrue(line.contains("lazy-apps"), line);
      story.goOn();
      story.awaitPrinted("right answers");
      story.goOn();
      String printed = story.end();
      long other = number(printed, "answers to other requests: (\\d+)");
      long errors = number(printed, "errors: (\\d+)");
      assertTrue(other + errors > 0, printed);
    }
  }

  @Test
  void lazyWorkersHaveConnectionsOfTheirOwn() throws Exception {
    assumeRuns("uwsgi", "--plugins", "python3", "--version");
    assumeRuns(PYTHON, "-c", "import sqlalchemy, pymysql");
    try (Story story =
        new Story(
            "prefork-server", PYTHON, "-B", "story.py", Integer.toString(server.port()), "lazy")) {
      story.goOn();
      story.awaitPrinted("right answers");
      assertNoSharedConnection();
      story.goOn();
      String printed = story.end();
      assertTrue(
          printed.contains("right answers: 30, answers to other requests: 0, errors: 0"), printed);
    }
  }

  @Test
  void readerThatStopsIsToldAndFreed() throws Exception {
    Path program = directory.resolve("stuck-reader");
    assumeRuns(folder("stuck-reader").resolve("build").toString(), program.toString());
    try (Story story =
        new Story("stuck-reader", program.toString(), Integer.toString(server.port()))) {
      story.awaitPrinted("has read 10 rows and looks away");
      awaitLong(() -> logged().contains("Got timeout writing"), this::logged);
      ServerFixture.await(() -> server.connectionCount() == 0);
      assertEquals("1", server.counter("Aborted_clients"));
      story.goOn();
      String printed = story.end();
      assertTrue(printed.contains("after more rows: error 2013"), printed);
      assertFalse(printed.contains("all rows"), printed);
    }
  }

  @Test
  void twoTransactionsWantOneRowOnOneCarrier() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try (Story story =
        new Story(
            "one-carrier",
            java,
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-cp",
            System.getProperty("java.class.path"),
            "OneCarrier.java",
            Integer.toString(server.port()))) {
      String printed = story.end();
      assertTrue(printed.contains("twenty transactions in turn: 20"), printed);
      assertTrue(printed.contains("error 1205: Lock wait timeout exceeded"), printed);
      // who was in the way, with its statement
      assertTrue(
          printed.contains("UPDATE carrier.counter SET n = 100 WHERE id = 1")
              || Pattern.compile("Note .*connection \\d+").matcher(printed).find(),
          printed);
    }
  }

  @Test
  void tenThousandNamesAndACycle() throws Exception {
    assumeRuns(PYTHON, "-c", "import pymysql");
    try (Story story =
        new Story("many-names", PYTHON, "-B", "story.py", Integer.toString(server.port()))) {
      String printed = story.end();
      assertTrue(printed.contains("names held by one session: 10000"), printed);
      assertTrue(printed.contains("another session gets one of them: 0"), printed);
      assertTrue(printed.contains("it is used by the first session: True"), printed);
      assertTrue(printed.contains("released at once: 10000"), printed);
      assertTrue(printed.contains("gives its name to the next: 1"), printed);
      assertTrue(printed.contains("ends at once: 3058 Deadlock found"), printed);
      assertTrue(printed.contains("and the other session goes on: 1"), printed);
    }
  }
}
