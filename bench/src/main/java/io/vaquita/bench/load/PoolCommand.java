package io.vaquita.bench.load;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vaquita.bench.Figures;
import io.vaquita.client.GuardOptions;
import io.vaquita.client.GuardedDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench pool}: many virtual threads over few connections. Used once. */
@Command(
    name = "pool",
    description = {
      "Virtual threads that borrow a connection, run SELECT 1 and hand it back, all at once: the client kit's pool and"
          + " HikariCP, on a server in a process of its own. Borrows a second, processor time of this process a borrow,"
          + " and how long a borrower waits. The number of carriers is the JVM's:"
          + " VAQUITA_JAVA_OPTIONS=-Djdk.virtualThreadScheduler.parallelism=1"
    },
    mixinStandardHelpOptions = true)
public final class PoolCommand implements Callable<Integer> {
  @Option(names = "--threads", paramLabel = "N", description = "Threads (${DEFAULT-VALUE}).")
  private int threads = 10_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Size of the pool (${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(
      names = "--borrows",
      paramLabel = "N",
      description = "Times that each thread borrows (${DEFAULT-VALUE}).")
  private int borrows = 10;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds = 3;

  private final Figures figures = new Figures();

  /** The first round only lets the JVM compile. */
  private boolean isWarmUp;

  /** As picocli fills it. */
  public PoolCommand() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    try (VaquitaProcess server = VaquitaProcess.start(List.of("-Xmx1g"), "--memory")) {
      MysqlDataSource driver = new MysqlDataSource();
      driver.setUrl(
          "jdbc:mysql://127.0.0.1:" + server.endpoint().port() + "/?user=root&sslMode=DISABLED");
      for (int round = 0; round <= rounds; round++) {
        isWarmUp = round == 0;
        guarded("client kit", driver, true);
        guarded("client kit, no stack traces", driver, false);
        hikari(driver);
      }
    }
    figures.print(threads + " threads, " + connections + " connections");
    return 0;
  }

  private void guarded(String name, DataSource driver, boolean recordsStacks)
      throws SQLException, InterruptedException {
    GuardOptions options =
        GuardOptions.builder()
            .maximumSize(connections)
            .borrowTimeout(Duration.ofMinutes(10))
            .recordsStacks(recordsStacks)
            .build();
    try (GuardedDataSource pool = GuardedDataSource.over(driver, options)) {
      measure(name, pool);
    }
  }

  private void hikari(DataSource driver) throws SQLException, InterruptedException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(Duration.ofMinutes(10).toMillis());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      measure("HikariCP", pool);
    }
  }

  private void measure(String subject, DataSource pool) throws SQLException, InterruptedException {
    long[] waits = new long[threads * borrows];
    CountDownLatch begin = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(threads);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < threads; i++) {
      int first = i * borrows;
      Thread.startVirtualThread(
          () -> {
            try {
              begin.await();
              for (int k = 0; k < borrows; k++) {
                waits[first + k] = borrow(pool);
              }
            } catch (SQLException | InterruptedException e) {
              failure.compareAndSet(null, e);
            } finally {
              ended.countDown();
            }
          });
    }
    long cpu = cpuNanos();
    long start = System.nanoTime();
    begin.countDown();
    ended.await();
    double nanos = System.nanoTime() - start;
    cpu = cpuNanos() - cpu;
    Throwable failed = failure.get();
    if (failed != null) {
      throw new SQLException("a borrower failed", failed);
    }
    if (isWarmUp) {
      return;
    }
    Arrays.sort(waits);
    figures.add("borrows a second", subject, waits.length / nanos * 1e9);
    figures.add("CPU of the client, µs a borrow", subject, cpu / 1e3 / waits.length);
    figures.add("wait, median, ms", subject, waits[waits.length / 2] / 1e6);
    figures.add("wait, p99, ms", subject, waits[(int) (waits.length * 0.99)] / 1e6);
    figures.add("wait, longest, ms", subject, waits[waits.length - 1] / 1e6);
  }

  /** How long the connection was waited for. */
  private static long borrow(DataSource pool) throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = pool.getConnection()) {
      long waited = System.nanoTime() - start;
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT 1")) {
        rows.next();
      }
      return waited;
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
