package io.vaquita.bench.load;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.bench.Directories;
import io.vaquita.bench.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench large-table}: a table much larger than the heap. Used once. */
@Command(
    name = "large-table",
    description = {
      "A table of N GiB in a database inside this process, whose heap is 2 GiB (VAQUITA_BENCH_HEAP"
          + " for another): load, index build, random reads, full scan; rates and peak memory."
    },
    mixinStandardHelpOptions = true)
public final class LargeTableCommand implements Callable<Integer> {
  private static final int BATCH = 1000;
  private static final int ROW_BYTES = 1000;
  private static final int PAD_BYTES = 960;

  @Option(names = "--gib", paramLabel = "N", description = "Size of the table (${DEFAULT-VALUE}).")
  private double gib = 1;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of the random reads (${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "The load stops after so long, with what it has (${DEFAULT-VALUE}).")
  private int minutes = 60;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the files are made and removed (${DEFAULT-VALUE}).")
  private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

  private final Figures figures = new Figures();

  /** As picocli fills it. */
  public LargeTableCommand() {}

  @Override
  public Integer call() throws Exception {
    HeapInUse heap = HeapInUse.watch();
    Path directory = Directories.make(parent);
    try {
      long rows = load(directory);
      reopen(directory, rows);
      figures.add("data file, GiB", "", gib(Directories.bytes(directory, "data\\.vaquita")));
      figures.add("heap allowed, MiB", "", Runtime.getRuntime().maxMemory() / 1048576.0);
      figures.add("heap in use after a collection, peak, MiB", "", heap.peak() / 1048576.0);
      figures.add("resident peak of the process, MiB", "", residentPeakKib() / 1024.0);
    } finally {
      Directories.delete(directory);
    }
    figures.print("large table, " + gib + " GiB");
    return 0;
  }

  private long load(Path directory) {
    long wanted = (long) (gib * (1L << 30) / ROW_BYTES);
    try (Database database = Database.open(directory);
        Session session = database.connect(ConnectOptions.local())) {
      run(session, "CREATE DATABASE d");
      run(
          session,
          "CREATE TABLE d.big (id BIGINT PRIMARY KEY, k INT NOT NULL, pad VARBINARY(1000))");
      SplittableRandom random = new SplittableRandom(7);
      long start = System.nanoTime();
      long end = start + minutes * 60_000_000_000L;
      long rows = 0;
      while (rows < wanted && System.nanoTime() < end) {
        run(session, insert(rows, random));
        rows += BATCH;
      }
      rate("load by INSERT of 1000 rows, rows/s", rows, start);
      start = System.nanoTime();
      run(session, "CREATE INDEX k ON d.big (k)");
      rate("index build, rows/s", rows, start);
      return rows;
    }
  }

  private static String insert(long from, SplittableRandom random) {
    StringBuilder sql = new StringBuilder(BATCH * (ROW_BYTES + 40));
    sql.append("INSERT INTO d.big VALUES ");
    for (int i = 0; i < BATCH; i++) {
      sql.append(i == 0 ? "(" : ",(").append(from + i).append(',').append(random.nextInt(1 << 30));
      sql.append(",'");
      for (int n = 0; n < PAD_BYTES; n += 16) {
        String hex = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        sql.append(hex);
      }
      sql.append("')");
    }
    return sql.toString();
  }

  private void reopen(Path directory, long rows) {
    long start = System.nanoTime();
    try (Database database = Database.open(directory);
        Session session = database.connect(ConnectOptions.local())) {
      figures.add("open, ms", "", (System.nanoTime() - start) / 1e6);
      start = System.nanoTime();
      long found = one(session, "SELECT COUNT(*) FROM d.big WHERE pad > ''");
      if (found != rows) {
        throw new IllegalStateException(rows + " rows were loaded, " + found + " are found");
      }
      rate("full scan, rows/s", rows, start);
      SplittableRandom random = new SplittableRandom(11);
      start = System.nanoTime();
      long end = start + seconds * 1_000_000_000L;
      long n = 0;
      while (System.nanoTime() < end) {
        long id = random.nextLong(rows);
        if (one(session, "SELECT id FROM d.big WHERE id = " + id + " AND pad > ''") != id) {
          throw new IllegalStateException("row " + id + " is missing");
        }
        n++;
      }
      rate("random reads by primary key/s, 1 thread", n, start);
    }
  }

  private void rate(String row, long count, long startNanos) {
    figures.add(row, "", count * 1e9 / (System.nanoTime() - startNanos));
  }

  private static void run(Session session, String sql) {
    session.execute(sql).close();
  }

  private static long one(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.next()) {
        throw new IllegalStateException("no row from " + sql);
      }
      return result.getLong(0);
    }
  }

  private static double gib(long bytes) {
    return bytes / (double) (1L << 30);
  }

  private static long residentPeakKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
