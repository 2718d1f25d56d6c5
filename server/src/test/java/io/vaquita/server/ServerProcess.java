package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Vaquita's command line in processes of their own: a server on a free port, or one command to its end. Confined to one thread. */
final class ServerProcess implements AutoCloseable {
  private static final int HEAP_MIB = 256;

  /** Much longer than it ever takes: a server that does not end fails the test and not the whole run. */
  private static final int STOP_SECONDS_MAX = 120;

  private static final Pattern PORT = Pattern.compile("-P (\\d+)");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** What a command said, and how it ended. */
  record Outcome(int code, String text) {}

  private static ProcessBuilder builder(int heapMib, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMib + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.vaquita.server.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Runs a command to its end. */
  static Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(HEAP_MIB, arguments);
  }

  /** The same with a heap of so many MiB. */
  static Outcome run(int heapMib, String... arguments) throws IOException, InterruptedException {
    Process process = builder(heapMib, List.of(arguments)).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  /** Starts a server and waits until it says where it listens. */
  static ServerProcess serve(Path data, String... more) throws IOException {
    return serve(HEAP_MIB, data, more);
  }

  /** The same with a heap of so many MiB. */
  static ServerProcess serve(int heapMib, Path data, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--port", "0", "--data", data.toString()));
    arguments.addAll(List.of(more));
    Process process =
        builder(heapMib, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      while (line != null) {
        Matcher found = PORT.matcher(line);
        if (found.find()) {
          return new ServerProcess(process, Integer.parseInt(found.group(1)));
        }
        line = output.readLine();
      }
      throw new AssertionError("the server ended before it listened");
    } catch (IOException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  int port() {
    return port;
  }

  WireClient connect(String schema) throws IOException {
    return WireClient.connect(new InetSocketAddress("127.0.0.1", port), "root", "", schema);
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertNotNull(process.onExit().join());
  }

  /** As {@code kill}: waits for the server's orderly end. */
  void stop() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS), "the server does not end");
  }

  /** From now on it can write no file beyond so many bytes: as on a full disk, but for this process alone. */
  void limitFiles(long bytes) throws IOException, InterruptedException {
    Process prlimit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes)
            .redirectErrorStream(true)
            .start();
    String text = new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, prlimit.waitFor(), text);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
