package io.vaquita.spec.locks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real server in a process of its own, to be killed. Used by one test at a time. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("-P (\\d+)");

  private final Process process;
  public final int port;

  /** With a heap of 256 MiB. */
  public ServerProcess(Path data, String... options) throws IOException {
    this(256, data, options);
  }

  /** Returns when clients can connect. */
  public ServerProcess(int heapMebibytes, Path data, String... options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx" + heapMebibytes + "m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.vaquita.server.Main",
            "serve",
            "--port",
            "0",
            "--data",
            data.toString());
    builder.command().addAll(List.of(options));
    process = builder.redirectErrorStream(true).start();
    port = awaitPort();
  }

  private int awaitPort() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        drain(lines);
        return Integer.parseInt(port.group(1));
      }
    }
    process.destroyForcibly();
    throw new IOException("the server did not start:\n" + said);
  }

  /** A full pipe would stop the server. */
  private static void drain(BufferedReader lines) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (lines) {
                while (lines.readLine() != null) {
                  // nobody reads it
                }
              } catch (IOException ended) {
                // the process is gone
              }
            });
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the server outlived SIGKILL");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
