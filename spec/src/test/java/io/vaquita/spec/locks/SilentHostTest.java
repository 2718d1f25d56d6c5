package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients on a host that vanishes without a word: another network namespace whose link goes down. Only TCP keep-alive can tell. Needs
 * Linux, root and iproute2; skipped with the reason where they are missing.
 */
@Tag("slow")
@Timeout(180)
final class SilentHostTest {
  private static final String NAMESPACE = "vaquita-silent-" + ProcessHandle.current().pid();
  private static final String LINK = "vq" + ProcessHandle.current().pid();
  private static final String SERVER_ADDRESS = "198.18.77.1";
  private static final String PASSWORD = "secret";

  @TempDir private Path directory;
  private final List<Process> clients = new ArrayList<>();

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + said;
  }

  private static void makeNamespace() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    try {
      problems.add(run("ip", "netns", "add", NAMESPACE));
      problems.add(
          run(
              "ip", "link", "add", LINK, "type", "veth", "peer", "name", "client", "netns",
              NAMESPACE));
      problems.add(run("ip", "addr", "add", SERVER_ADDRESS + "/30", "dev", LINK));
      problems.add(run("ip", "link", "set", LINK, "up"));
      problems.add(run("ip", "-n", NAMESPACE, "addr", "add", "198.18.77.2/30", "dev", "client"));
      problems.add(run("ip", "-n", NAMESPACE, "link", "set", "client", "up"));
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    problems.removeIf(String::isEmpty);
    assumeTrue(problems.isEmpty(), () -> "no network namespace can be made here: " + problems);
  }

  @AfterEach
  void clean() throws InterruptedException {
    clients.forEach(Process::destroyForcibly);
    try {
      run("ip", "netns", "del", NAMESPACE);
      run("ip", "link", "del", LINK);
    } catch (IOException e) {
      // without iproute2 there is nothing to take away
    }
  }

  @Test
  void itsLocksBecomeFree() throws Exception {
    makeNamespace();
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    try (ServerProcess server =
        new ServerProcess(
            directory.resolve("data"),
            "--bind=" + SERVER_ADDRESS,
            "--root-password-file=" + password,
            "--set=tcp_keepalive_time=1",
            "--set=tcp_keepalive_interval=1",
            "--set=tcp_keepalive_probes=2")) {
      client(server.port, "DO GET_LOCK('running', 0); DO SLEEP(1000);\n");
      client(server.port, "DO GET_LOCK('idle', 0);\n");
      InetSocketAddress address = new InetSocketAddress(SERVER_ADDRESS, server.port);
      try (WireClient observer = WireClient.connect(address, "root", PASSWORD, null)) {
        awaitHeld(observer, "running");
        awaitHeld(observer, "idle");
        assertEquals("", run("ip", "-n", NAMESPACE, "link", "set", "client", "down"));
        assertEquals("1", ask(observer, "SELECT GET_LOCK('running', 60)"));
        assertEquals("1", ask(observer, "SELECT GET_LOCK('idle', 60)"));
      }
      assertTrue(clients.stream().allMatch(Process::isAlive), "the clients were to stay");
    }
  }

  /** A shell on the other host that runs statements and then waits for more. */
  private void client(int port, String statements) throws IOException {
    Process shell =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                NAMESPACE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.vaquita.server.Main",
                "sql",
                "--host=" + SERVER_ADDRESS,
                "--port=" + port,
                "--password=" + PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    clients.add(shell);
    shell.outputWriter().append(statements).flush();
  }

  private static void awaitHeld(WireClient observer, String name) throws IOException {
    for (int looks = 0; ask(observer, "SELECT IS_FREE_LOCK('" + name + "')").equals("1"); looks++) {
      assertTrue(looks < 10_000, name + " was not taken");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static String ask(WireClient client, String sql) throws IOException {
    return String.valueOf(client.query(sql).getFirst().text(0, 0));
  }
}
