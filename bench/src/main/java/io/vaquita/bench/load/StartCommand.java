package io.vaquita.bench.load;

import io.vaquita.bench.Directories;
import io.vaquita.bench.Figures;
import io.vaquita.server.client.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench start}: from the launcher's call to the first answer. Used once. */
@Command(
    name = "start",
    description = "Time from starting ./vaquita serve to the answer to its first statement.",
    mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
  private static final Pattern PORT = Pattern.compile("-P (\\d+)");

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description = "What to start (${DEFAULT-VALUE}).")
  private Path launcher = Path.of(System.getProperty("vaquita.launcher", "./vaquita"));

  private final Figures figures = new Figures();

  /** As picocli fills it. */
  public StartCommand() {}

  @Override
  public Integer call() throws Exception {
    Path directory = Directories.make(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      for (int round = 0; round < rounds; round++) {
        measure("in memory", "--memory");
        measure("on files", "--data", directory.resolve("data").toString());
      }
    } finally {
      Directories.delete(directory);
    }
    figures.print("start to first answer, ms");
    return 0;
  }

  private void measure(String how, String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 4];
    command[0] = launcher.toString();
    command[1] = "serve";
    command[2] = "--port";
    command[3] = "0";
    System.arraycopy(arguments, 0, command, 4, arguments.length);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      int port = port(process);
      try (WireClient client =
          WireClient.connect(new InetSocketAddress("127.0.0.1", port), "root", "", null)) {
        client.query("SELECT 1");
      }
      figures.add(how, "Vaquita", (System.nanoTime() - start) / 1e6);
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static int port(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = PORT.matcher(line);
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
    }
    throw new IOException("the server did not start");
  }
}
