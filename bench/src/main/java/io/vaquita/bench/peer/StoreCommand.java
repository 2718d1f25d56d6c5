package io.vaquita.bench.peer;

import io.vaquita.bench.Directories;
import io.vaquita.bench.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench store}: Vaquita's store beside RocksDB and H2's MVStore, one Markdown table. Used once. */
@Command(
    name = "store",
    description = {
      "The store by itself beside RocksDB and H2's MVStore, and behind SQL beside MariaDB: rows of"
          + " 8 + 190 bytes that do not compress.",
      "Stores alternate within a round; figures are medians of the rounds. A round that does not",
      "count comes first: what is measured is a store, not how soon the JVM has compiled it."
    },
    mixinStandardHelpOptions = true)
public final class StoreCommand implements Callable<Integer> {
  private static final int BATCH = 1000;
  private static final int SCAN = 100;
  private static final int[] WRITERS = {1, 8, 64};

  @Option(names = "--rows", paramLabel = "N", description = "Rows (${DEFAULT-VALUE}).")
  private int rows = 1_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of each measurement of a rate (${DEFAULT-VALUE}).")
  private int seconds = 5;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Rows of the round that does not count, 0: none (${DEFAULT-VALUE}). Without it the"
              + " stores in Java are compiled while they are measured.")
  private int warmUpRows = 300_000;

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      description = "VAQUITA, MVSTORE, ROCKSDB, VAQUITA_SQL, MARIADB (all).")
  private List<Peer> peers = new ArrayList<>(List.of(Peer.values()));

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the files are made and removed (${DEFAULT-VALUE}).")
  private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

  private Figures figures = new Figures();

  /** As picocli fills it. */
  public StoreCommand() {}

  @Override
  public Integer call() throws Exception {
    if (warmUpRows > 0) {
      warmUp();
    }
    for (Peer peer : peers) {
      if (!peer.isHere()) {
        System.err.println("not installed, left out: " + peer.label);
      }
    }
    peers.removeIf(peer -> !peer.isHere());
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round);
      runRound();
    }
    figures.print("store, " + rows + " rows");
    return 0;
  }

  private void warmUp() throws Exception {
    int rowsMeasured = rows;
    int secondsMeasured = seconds;
    System.err.println("warm-up");
    rows = warmUpRows / BATCH * BATCH;
    seconds = 1;
    runRound();
    rows = rowsMeasured;
    seconds = secondsMeasured;
    figures = new Figures();
  }

  private void runRound() throws Exception {
    for (Peer peer : peers) {
      Path directory = Directories.make(parent);
      try {
        measure(peer, directory.resolve("ordered"));
        measureRandomLoad(peer, directory.resolve("random"));
        measureRecovery(peer, directory.resolve("recovery"));
      } finally {
        Directories.delete(directory);
      }
    }
  }

  private void measure(Peer peer, Path directory) throws Exception {
    try (KeyValueStore store = peer.open(directory, false)) {
      long start = System.nanoTime();
      for (int i = 0; i < rows; i += BATCH) {
        long[] keys = new long[BATCH];
        for (int k = 0; k < BATCH; k++) {
          keys[k] = i + k;
        }
        store.putAll(keys);
      }
      rate(peer, "load in key order, rows/s", rows, start);
    }
    figures.add(
        "bytes on disk a row after it",
        peer.label,
        Directories.bytes(directory, peer.data) / (double) rows);
    long start = System.nanoTime();
    try (KeyValueStore store = peer.open(directory, false)) {
      try (KeyValueStore.Reader reader = store.reader()) {
        require(reader.get(rows / 2) == KeyValueStore.VALUE_BYTES);
        figures.add("open and first get, ms", peer.label, (System.nanoTime() - start) / 1e6);
        start = System.nanoTime();
        require(reader.scan(0, Integer.MAX_VALUE) == rows);
        rate(peer, "full scan, rows/s", rows, start);
        gets(peer, reader);
        seeks(peer, reader);
      }
      store.prepareDurable();
      for (int writers : WRITERS) {
        commits(peer, store, writers);
      }
    }
  }

  private void gets(Peer peer, KeyValueStore.Reader reader) {
    SplittableRandom random = new SplittableRandom(1);
    for (int warm = 0; warm < 2; warm++) {
      long start = System.nanoTime();
      long end = start + seconds * 1_000_000_000L;
      long n = 0;
      while (System.nanoTime() < end) {
        for (int i = 0; i < 100; i++) {
          require(reader.get(random.nextInt(rows)) == KeyValueStore.VALUE_BYTES);
        }
        n += 100;
      }
      if (warm == 1) {
        rate(peer, "random get/s, 1 thread", n, start);
      }
    }
  }

  private void seeks(Peer peer, KeyValueStore.Reader reader) {
    SplittableRandom random = new SplittableRandom(2);
    for (int warm = 0; warm < 2; warm++) {
      long start = System.nanoTime();
      long end = start + seconds * 1_000_000_000L;
      long n = 0;
      while (System.nanoTime() < end) {
        require(reader.scan(random.nextInt(Math.max(1, rows - SCAN)), SCAN) == SCAN);
        n++;
      }
      if (warm == 1) {
        rate(peer, "seek + 100 next/s, 1 thread", n, start);
      }
    }
  }

  private void commits(Peer peer, KeyValueStore store, int writers) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long[] counts = new long[writers];
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    SplittableRandom random = new SplittableRandom(writer);
                    while (System.nanoTime() < end) {
                      store.putDurably(random.nextInt(rows));
                      counts[writer]++;
                    }
                  }));
    }
    long sum = 0;
    for (int w = 0; w < writers; w++) {
      threads.get(w).join();
      sum += counts[w];
    }
    rate(peer, "durable 1-row commits/s, " + writers + " writers", sum, start);
  }

  private void measureRandomLoad(Peer peer, Path directory) throws IOException {
    long[] keys = new long[rows];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      keys[i] = keys[j];
      keys[j] = i;
    }
    try (KeyValueStore store = peer.open(directory, false)) {
      long start = System.nanoTime();
      for (int i = 0; i < rows; i += BATCH) {
        store.putAll(java.util.Arrays.copyOfRange(keys, i, Math.min(rows, i + BATCH)));
      }
      rate(peer, "load in random order, rows/s", rows, start);
    }
    figures.add(
        "bytes on disk a row after that",
        peer.label,
        Directories.bytes(directory, peer.data) / (double) rows);
  }

  /** A process writes and is gone without a word; the next one to open the files replays the log. */
  private void measureRecovery(Peer peer, Path directory) throws Exception {
    long log = RecoveryChild.run(peer, directory, rows);
    long start = System.nanoTime();
    try (KeyValueStore store = peer.open(directory, false);
        KeyValueStore.Reader reader = store.reader()) {
      double recovered = (System.nanoTime() - start) / 1e9;
      require(reader.scan(0, Integer.MAX_VALUE) > 0);
      if (log > 0) {
        figures.add("recovery, s a GiB of log", peer.label, recovered * (1 << 30) / log);
      }
    }
  }

  private void rate(Peer peer, String row, long count, long startNanos) {
    figures.add(row, peer.label, count * 1e9 / (System.nanoTime() - startNanos));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a store did not give what was put into it");
    }
  }
}
