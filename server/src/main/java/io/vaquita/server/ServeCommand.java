package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.error.DatabaseException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vaquita serve}: runs a server until it is told to stop. Used once. */
@Command(
    name = "serve",
    description = "Runs a server (the default command).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Option(
      names = {"-P", "--port"},
      paramLabel = "PORT",
      description = "TCP port (3306).")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on (127.0.0.1). Others than loopback need a root password.")
  private @Nullable String bind;

  @Option(names = "--socket", paramLabel = "FILE", description = "Also listen on this Unix socket.")
  private @Nullable Path socket;

  @Option(names = "--data", paramLabel = "DIR", description = "Where the data is (./vaquita-data).")
  private @Nullable Path data;

  @Option(
      names = "--memory",
      description = "Keep everything in memory; nothing outlives the server.")
  private boolean isInMemory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read name=value lines (as in my.cnf).")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Set a system variable; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--root-password-file",
      paramLabel = "FILE",
      description =
          "First line is root's password. Without it: VAQUITA_ROOT_PASSWORD, or no password.")
  private @Nullable Path rootPasswordFile;

  /** Whoever ends the process waits for it: it is counted down however serving ends, when all that is to be said of that is said. */
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() {
    try {
      return serve(collect());
    } catch (IOException | IllegalArgumentException e) {
      return fail(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      return fail(e.message());
    } catch (RuntimeException | Error e) {
      // a bug of ours, or no memory
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return fail(trace.toString());
    } finally {
      ended.countDown();
    }
  }

  private static int fail(String message) {
    System.err.println("vaquita: " + message);
    return FAILED;
  }

  private ServerConfig collect() throws IOException {
    ServerConfig collected = new ServerConfig();
    if (config != null) {
      collected.readFile(config);
    }
    settings.forEach(collected::set);
    if (port != null) {
      collected.set("port", Integer.toString(port));
    }
    if (bind != null) {
      collected.set("bind_address", bind);
    }
    if (socket != null) {
      collected.set("socket", socket.toString());
    }
    return collected;
  }

  private int serve(ServerConfig collected) throws IOException {
    Path directory = directory(collected);
    ServerOptions options = collected.serverOptions(directory, rootPassword());
    Path logFile = collected.errorLog();
    LogOutput log =
        logFile == null
            ? new LogOutput(new PrintStream(System.err, true, StandardCharsets.UTF_8))
            : new LogOutput(logFile);
    CountDownLatch stop = new CountDownLatch(1);
    try (Database database = Database.open(collected.databaseOptions(directory));
        VaquitaServer server = start(database, options, log)) {
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(
                      () -> {
                        stop.countDown();
                        awaitQuietly(ended);
                      }));
      announce(options, server, directory);
      awaitQuietly(stop);
      System.err.println("vaquita: stopping");
    } catch (BindException e) {
      return fail(
          "Port "
              + options.port()
              + " of "
              + options.bindAddress()
              + " cannot be had ("
              + e.getMessage()
              + "). Another server may listen there. Choose another port: vaquita --port "
              + (options.port() + 1));
    }
    System.err.println("vaquita: stopped");
    return 0;
  }

  private static VaquitaServer start(Database database, ServerOptions options, LogOutput log)
      throws IOException {
    return VaquitaServer.start(database, options, log);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Path directory(ServerConfig collected) {
    if (isInMemory) {
      return null;
    }
    if (data != null) {
      return data;
    }
    String configured = collected.get("datadir");
    return Path.of(configured == null ? "vaquita-data" : configured);
  }

  private String rootPassword() throws IOException {
    if (rootPasswordFile != null) {
      List<String> lines = Files.readAllLines(rootPasswordFile, StandardCharsets.UTF_8);
      return lines.isEmpty() ? "" : lines.getFirst();
    }
    String password = System.getenv("VAQUITA_ROOT_PASSWORD");
    return password == null ? "" : password;
  }

  private static void announce(
      ServerOptions options, VaquitaServer server, @Nullable Path directory) {
    StringBuilder text = new StringBuilder(256);
    text.append("Vaquita ").append(Version.ofVaquita());
    text.append(" (MySQL ").append(Version.MYSQL).append("), ready in ");
    text.append(StartTime.millisSince()).append(" ms\n");
    text.append("  data:    ");
    text.append(directory == null ? "in memory" : directory.toAbsolutePath().normalize());
    text.append("\n  connect: mysql -h ").append(options.bindAddress());
    text.append(" -P ").append(server.port()).append(" -u root");
    text.append(options.rootPassword().isEmpty() ? "" : " -p");
    if (options.socketFile() != null) {
      text.append("\n       or: mysql -S ").append(options.socketFile()).append(" -u root");
    }
    text.append("\n  stop:    Ctrl-C");
    System.out.println(text);
    System.out.flush();
  }
}
