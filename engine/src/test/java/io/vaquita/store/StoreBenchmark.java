package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Rates of the store by itself, as plain numbers. {@code StoreBenchmark [rows] [seconds] [page bytes] [directory]}. Not a test: it
 * measures, and says nothing of right or wrong.
 */
final class StoreBenchmark {
  private static final int TREE = 16;
  private static final int VALUE_BYTES = 190;

  private final int rows;
  private final long nanos;
  private final StoreOptions options;
  private final Path directory;

  private StoreBenchmark(int rows, int seconds, int pageBytes, Path directory) {
    this.rows = rows;
    this.nanos = seconds * 1_000_000_000L;
    this.options = StoreOptions.defaults().withPageBytes(pageBytes);
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int pageBytes = args.length > 2 ? Integer.parseInt(args[2]) : 8192;
    Path parent =
        args.length > 3 ? Path.of(args[3]) : Path.of(System.getProperty("java.io.tmpdir"));
    Path directory = Files.createTempDirectory(parent, "vaquita-bench");
    try {
      new StoreBenchmark(rows, seconds, pageBytes, directory).run();
    } finally {
      delete(directory);
    }
  }

  private void run() throws InterruptedException, IOException {
    // -Dvaquita.bench.files=true: for more rows than the heap holds.
    if (!Boolean.getBoolean("vaquita.bench.files")) {
      inMemory();
      recovery();
    }
    onFiles();
  }

  private void inMemory() throws InterruptedException {
    try (Store memory = Stores.inMemory(options.pageBytes())) {
      long start = cpuNanos();
      load(memory, "memory");
      say("load memory, rows a second of CPU", rows / ((cpuNanos() - start) / 1e9));
      start = cpuNanos();
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 100_000; i++) {
        WriteBatch batch = new WriteBatch();
        batch.put(TREE, key(random.nextInt(rows)), new byte[VALUE_BYTES]);
        memory.commit(batch, CommitDurability.LAZY);
      }
      say("1-row commits a second of CPU", 100_000 / ((cpuNanos() - start) / 1e9));
    }
    try (Store memory = Stores.inMemory(options.pageBytes())) {
      load(memory, "memory");
      gets(memory.snapshot());
      seeks(memory.snapshot());
      commits(memory, 1, CommitDurability.SYNCED, "memory");
    }
  }

  private void onFiles() throws InterruptedException {
    try (Store store = open()) {
      load(store, "files");
      long start = System.nanoTime();
      ((FileStore) store).checkpoint();
      say("checkpoint after load, ms", (System.nanoTime() - start) / 1e6);
      for (int threads : new int[] {1, 8, 64}) {
        commits(store, threads, CommitDurability.SYNCED, "synced");
      }
      commits(store, 1, CommitDurability.LAZY, "lazy");
    }
    say("bytes a row on disk", directory.resolve(PageFile.NAME).toFile().length() / (double) rows);
    long start = System.nanoTime();
    try (Store store = open()) {
      say("open, ms", (System.nanoTime() - start) / 1e6);
      start = System.nanoTime();
      scan(store.snapshot());
      say("cold full scan, rows/s", rows / ((System.nanoTime() - start) / 1e9));
      gets(store.snapshot());
      seeks(store.snapshot());
    }
  }

  /** Opens a copy of the files taken while the store was open: what a killed process leaves. */
  private void recovery() throws IOException {
    Path live = directory.resolve("live");
    Path copy = directory.resolve("copy");
    StoreOptions all =
        options.withCheckpointLogBytes(Long.MAX_VALUE / 2).withPageCacheBytes(Long.MAX_VALUE / 2);
    try (Store store = Stores.open(live, all, Environment.system())) {
      load(store, "for recovery");
      for (String name : Environment.system().files().list(live)) {
        FileCopy.copy(Environment.system().files(), live.resolve(name), copy);
      }
    }
    long log = 0;
    for (String name : Environment.system().files().list(copy)) {
      log += name.startsWith("log-") ? copy.resolve(name).toFile().length() : 0;
    }
    long start = System.nanoTime();
    try (Store store = Stores.open(copy, options, Environment.system())) {
      double seconds = (System.nanoTime() - start) / 1e9;
      say("recovery, ms", seconds * 1e3);
      say("recovery, MiB of log/s", log / seconds / (1 << 20));
      scan(store.snapshot());
    }
  }

  private Store open() {
    return Stores.open(directory, options, Environment.system());
  }

  private void load(Store store, String where) {
    long start = System.nanoTime();
    for (int i = 0; i < rows; i += 1000) {
      WriteBatch batch = new WriteBatch();
      for (int k = i; k < i + 1000; k++) {
        batch.put(TREE, key(k), new byte[VALUE_BYTES]);
      }
      store.commit(batch, CommitDurability.LAZY);
    }
    say("load " + where + ", rows/s", rows / ((System.nanoTime() - start) / 1e9));
  }

  private void gets(Snapshot snapshot) {
    SplittableRandom random = new SplittableRandom(1);
    long[] result = new long[2];
    for (int warm = 0; warm < 2; warm++) {
      long end = System.nanoTime() + nanos;
      long begin = cpuNanos();
      long n = 0;
      byte[] key = new byte[8];
      while (System.nanoTime() < end) {
        for (int i = 0; i < 1000; i++) {
          ByteBuffer.wrap(key).putLong(random.nextInt(rows));
          ByteRange value = snapshot.find(TREE, key);
          result[0] += value == null ? 0 : value.length();
          n++;
        }
      }
      result[1] = (long) (n / ((cpuNanos() - begin) / 1e9));
    }
    say("random get a second of CPU", result[1]);
  }

  private void seeks(Snapshot snapshot) {
    SplittableRandom random = new SplittableRandom(2);
    long sum = 0;
    double rate = 0;
    for (int warm = 0; warm < 2; warm++) {
      Cursor cursor = snapshot.cursor(TREE);
      long end = System.nanoTime() + nanos;
      long begin = cpuNanos();
      long n = 0;
      byte[] key = new byte[8];
      while (System.nanoTime() < end) {
        for (int i = 0; i < 100; i++) {
          ByteBuffer.wrap(key).putLong(random.nextInt(rows - 100));
          boolean has = cursor.seek(key);
          for (int k = 0; k < 100 && has; k++) {
            sum += cursor.valueLength() + cursor.keyLength();
            has = cursor.next();
          }
          n++;
        }
      }
      rate = n / ((cpuNanos() - begin) / 1e9);
    }
    say("seek + 100 next a second of CPU" + (sum == 0 ? " (nothing read)" : ""), rate);
  }

  /** Of this thread: on a machine that others use too, wall time says little. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void scan(Snapshot snapshot) {
    Cursor cursor = snapshot.cursor(TREE);
    int n = 0;
    for (boolean has = cursor.first(); has; has = cursor.next()) {
      n++;
    }
    if (n < rows) {
      throw new IllegalStateException("rows are missing");
    }
  }

  private void commits(Store store, int threads, CommitDurability durability, String name)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long[] counts = new long[threads];
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      all.add(
          Thread.startVirtualThread(
              () -> {
                SplittableRandom random = new SplittableRandom(thread);
                while (System.nanoTime() < end) {
                  WriteBatch batch = new WriteBatch();
                  batch.put(TREE, key(random.nextInt(rows)), new byte[VALUE_BYTES]);
                  store.commit(batch, durability);
                  counts[thread]++;
                }
              }));
    }
    long sum = 0;
    for (int t = 0; t < threads; t++) {
      all.get(t).join();
      sum += counts[t];
    }
    say(name + " 1-row commits/s, " + threads + " threads", sum / (nanos / 1e9));
  }

  private static byte[] key(long k) {
    return ByteBuffer.allocate(8).putLong(k).array();
  }

  private static void say(String what, double value) {
    System.out.printf("%-40s %,14.0f%n", what, value);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
