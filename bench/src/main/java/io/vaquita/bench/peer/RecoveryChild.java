package io.vaquita.bench.peer;

import io.vaquita.bench.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench recovery-child}: the process that fills a store and ends without closing it. Used once. */
@Command(name = "recovery-child", hidden = true)
public final class RecoveryChild implements Callable<Integer> {
  private static final int BATCH = 1000;
  private static final int MINUTES_MAX = 10;

  @Parameters(index = "0")
  private Peer peer = Peer.VAQUITA;

  @Parameters(index = "1")
  private Path directory = Path.of("");

  @Parameters(index = "2")
  private int rows;

  /** As picocli fills it. */
  public RecoveryChild() {}

  /** Where it leaves the bytes of log that were written, if its store counts them. */
  private static Path countOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".log-bytes");
  }

  /** Starts it and waits for its end; returns how many bytes of log there are to replay. */
  static long run(Peer peer, Path directory, int rows) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dvaquita.launcher=" + System.getProperty("vaquita.launcher", "./vaquita"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.vaquita.bench.Main",
                "recovery-child",
                peer.name(),
                directory.toString(),
                Integer.toString(rows))
            .inheritIO()
            .start();
    try {
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("the process that fills " + peer.label + " failed");
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.exists(countOf(directory))
        ? Long.parseLong(Files.readString(countOf(directory)))
        : Directories.bytes(directory, peer.log);
  }

  @Override
  public Integer call() throws IOException {
    KeyValueStore store = peer.open(directory, true);
    for (int i = 0; i < rows; i += BATCH) {
      long[] keys = new long[BATCH];
      for (int k = 0; k < BATCH; k++) {
        keys[k] = i + k;
      }
      store.putAll(keys);
    }
    store.prepareDurable();
    store.putDurably(rows);
    if (peer == Peer.MARIADB) {
      Files.writeString(countOf(directory), Long.toString(store.logBytes()));
    }
    store.crash();
    Runtime.getRuntime().halt(0);
    return 0;
  }
}
