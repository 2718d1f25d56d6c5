package io.vaquita.bench.load;

import io.vaquita.bench.Figures;
import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench idle}: what connections cost that do nothing. Used once. */
@Command(
    name = "idle",
    description = {
      "Opens connections and leaves them idle: resident memory and process time of the server"
          + " before and after, and a statement's time among them. A Vaquita in memory is started"
          + " here; another server with --server."
    },
    mixinStandardHelpOptions = true)
public final class IdleCommand implements Callable<Integer> {
  private static final int STATEMENTS = 2000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "How many (${DEFAULT-VALUE}); ulimit -n must allow them.")
  private int connections = 10_000;

  @Option(
      names = "--server",
      paramLabel = "NAME=HOST:PORT:PID",
      description = "Another server on this machine, where root has no password.")
  private List<String> servers = new ArrayList<>();

  private final Figures figures = new Figures();

  /** As picocli fills it. */
  public IdleCommand() {}

  @Override
  public Integer call() throws Exception {
    int max = connections + 100;
    try (VaquitaProcess own =
        VaquitaProcess.start(List.of(), "--memory", "--set", "max_connections=" + max)) {
      measure(own.endpoint(), own.pid());
    }
    for (String text : servers) {
      ServerEndpoint server = ServerEndpoint.parse(text);
      measure(server, server.pid());
    }
    figures.print(connections + " idle connections");
    return 0;
  }

  private void measure(ServerEndpoint server, long pid) throws IOException {
    List<WireClient> open = new ArrayList<>();
    try (WireClient first = server.connect(null)) {
      statementMicros(first);
      long before = residentKib(pid);
      long start = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        open.add(server.connect(null));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      figures.add("resident before, MiB", server.name(), before / 1024.0);
      figures.add("resident with them, MiB", server.name(), residentKib(pid) / 1024.0);
      figures.add(
          "KiB a connection", server.name(), (residentKib(pid) - before) / (double) connections);
      figures.add("logins/s, one after another", server.name(), connections / seconds);
      figures.add("SELECT 1 among them, µs", server.name(), statementMicros(first));
    } finally {
      for (WireClient client : open) {
        client.close();
      }
    }
  }

  private static double statementMicros(WireClient client) throws IOException {
    long start = 0;
    for (int i = 0; i < 2 * STATEMENTS; i++) {
      if (i == STATEMENTS) {
        start = System.nanoTime();
      }
      client.query("SELECT 1");
    }
    return (System.nanoTime() - start) / 1e3 / STATEMENTS;
  }

  private static long residentKib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }
}
