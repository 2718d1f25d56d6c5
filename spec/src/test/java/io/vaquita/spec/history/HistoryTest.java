package io.vaquita.spec.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.spec.history.HistoryChecker.Strictness;
import io.vaquita.spec.history.HistoryClient.Connector;
import io.vaquita.spec.locks.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories have no anomaly that their level forbids, with kills, disconnects, restarts and killed servers among them. {@code
 * -Dvaquita.seed} repeats the choices of a run (the interleaving is the machine's). The long run: {@code ./vaquita test --slow -pl spec
 * -am -Dtest=HistoryTest -Dsurefire.failIfNoSpecifiedTests=false}, an hour or as many minutes as {@code vaquita.history.minutes} says.
 */
final class HistoryTest {
  private static final long SEED = Long.getLong("vaquita.seed", new Random().nextLong());
  private static final String LEVELS =
      """
      READ UNCOMMITTED, COMMITTED
      READ COMMITTED, COMMITTED
      REPEATABLE READ, SNAPSHOT_READS
      SERIALIZABLE, SERIALIZABLE
      """;

  /** Transactions checked, by level and whether they were committed. */
  private final Map<String, Integer> checked = new TreeMap<>();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(textBlock = LEVELS)
  void inMemoryWithKills(String level, Strictness strictness) throws Exception {
    inMemory(level, strictness, SEED, 1500);
  }

  @ParameterizedTest
  @CsvSource(textBlock = LEVELS)
  void onFilesWithRestarts(String level, Strictness strictness) throws Exception {
    restarts(level, strictness, SEED, 3, 60);
  }

  @Test
  void inAServerThatIsKilled() throws Exception {
    crashes("REPEATABLE READ", Strictness.SNAPSHOT_READS, SEED, 2, 200);
  }

  @Tag("slow")
  @Test
  void anHour() throws Exception {
    Clock clock = Environment.system().clock();
    long minutes = Integer.getInteger("vaquita.history.minutes", 60);
    long end = clock.monotonicNanos() + TimeUnit.MINUTES.toNanos(minutes);
    System.out.println("histories for " + minutes + " minutes, seed " + SEED);
    for (long seed = SEED; clock.monotonicNanos() < end; seed++) {
      for (String line : LEVELS.lines().toList()) {
        String level = line.split(", ")[0];
        Strictness strictness = Strictness.valueOf(line.split(", ")[1]);
        inMemory(level, strictness, seed, 5000);
        restarts(level, strictness, seed, 5, 300);
        crashes(level, strictness, seed, 4, 400);
      }
      System.out.println("seed " + seed + " done; transactions checked: " + checked);
    }
  }

  private void inMemory(String level, Strictness strictness, long seed, int transactions)
      throws Exception {
    HistoryRun run = new HistoryRun(level, seed);
    try (Database database = Database.inMemory()) {
      Connector connector = HistoryClient.to(database);
      HistoryRun.createTable(connector);
      run.run(connector, transactions, true);
      check(run, connector, strictness, level, seed);
    }
  }

  private void restarts(
      String level, Strictness strictness, long seed, int starts, int transactionsEach)
      throws Exception {
    HistoryRun run = new HistoryRun(level, seed);
    Path place = Files.createTempDirectory(directory, "history");
    for (int start = 0; start < starts; start++) {
      try (Database database = Database.open(place)) {
        Connector connector = HistoryClient.to(database);
        if (start == 0) {
          HistoryRun.createTable(connector);
        }
        run.run(connector, transactionsEach, start % 2 == 1);
      }
    }
    try (Database database = Database.open(place)) {
      check(run, HistoryClient.to(database), strictness, level, seed);
    }
  }

  /** kill -9 while all sessions are at work: what was answered is there, what was not is there as a whole or not at all. */
  private void crashes(
      String level, Strictness strictness, long seed, int starts, int transactionsEach)
      throws Exception {
    HistoryRun run = new HistoryRun(level, seed);
    Path place = Files.createTempDirectory(directory, "history");
    for (int start = 0; start < starts; start++) {
      try (ServerProcess server = new ServerProcess(place)) {
        Connector connector = HistoryClient.to(server.port);
        if (start == 0) {
          HistoryRun.createTable(connector);
        }
        run.run(connector, transactionsEach, start % 2 == 1, server::kill);
      }
    }
    try (ServerProcess server = new ServerProcess(place)) {
      check(run, HistoryClient.to(server.port), strictness, level, seed);
    }
  }

  private void check(
      HistoryRun run, Connector connector, Strictness strictness, String level, long seed)
      throws Exception {
    List<String> anomalies =
        HistoryChecker.check(run.transactions(), HistoryRun.finals(connector), strictness);
    assertEquals(List.of(), anomalies, () -> "seed " + seed + ": " + String.join("\n", anomalies));
    int all = run.transactions().size();
    int committed = (int) run.committed();
    assertTrue(
        committed > all / 5,
        () -> "seed " + seed + ": of " + all + " only " + committed + "; " + run.endings());
    checked.merge(level, all, Integer::sum);
    checked.merge(level + ", committed", committed, Integer::sum);
  }
}
