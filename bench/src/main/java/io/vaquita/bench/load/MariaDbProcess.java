package io.vaquita.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A MariaDB server in a process of its own, on a free port; ended by {@link #close}, and with this process. Confined to one thread. */
public final class MariaDbProcess implements ServerProcess {
  private static final long STEP_NANOS = 2_000_000;
  private static final int CONNECT_MILLIS = 1000;

  private final Process process;
  private final Thread atExit;
  private final int port;

  private MariaDbProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.atExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Whether there is one on this machine. */
  public static boolean isInstalled() {
    try {
      return run(List.of("mariadbd", "--version")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it over a directory, which is made when it is not there. Its socket and log stand in there too. */
  public static MariaDbProcess start(Path directory, List<String> options) throws IOException {
    String data = "--datadir=" + directory;
    String user = "--user=" + System.getProperty("user.name");
    if (!Files.exists(directory)) {
      int code =
          run(
              List.of(
                  "mariadb-install-db",
                  "--no-defaults",
                  data,
                  "--auth-root-authentication-method=normal",
                  user));
      if (code != 0) {
        throw new IOException("mariadb-install-db ended with " + code);
      }
    }
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("mariadbd", "--no-defaults", data, user));
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    command.add("--socket=" + directory.resolve("mariadb.sock"));
    command.add("--skip-log-bin");
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("bench.err").toFile())
            .start();
    MariaDbProcess server = new MariaDbProcess(process, port);
    server.await();
    return server;
  }

  private static int run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await() throws IOException {
    while (process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
    throw new IOException("mariadbd did not start");
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
