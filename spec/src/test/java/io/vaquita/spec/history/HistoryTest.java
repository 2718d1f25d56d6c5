package io.vaquita.spec.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.spec.history.HistoryChecker.Strictness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random histories have no anomaly that their level forbids, with kills, disconnects and restarts among them. {@code -Dvaquita.seed}
 * repeats the choices of a run (the interleaving is the machine's). The long run: {@code ./vaquita test --slow -pl spec -am
 * -Dtest=HistoryTest -Dsurefire.failIfNoSpecifiedTests=false}, about an hour with the {@code vaquita.history.rounds} that it has when
 * nothing is said.
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

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(textBlock = LEVELS)
  void inMemoryWithKills(String level, Strictness strictness) throws Exception {
    HistoryRun run = new HistoryRun(level, SEED);
    try (Database database = Database.inMemory()) {
      HistoryRun.createTable(database);
      run.run(database, 1500, true);
      check(run, database, strictness);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = LEVELS)
  void onFilesWithRestarts(String level, Strictness strictness) throws Exception {
    restarts(level, strictness, SEED, 3, 60);
  }

  @Tag("slow")
  @Test
  void anHour() throws Exception {
    int rounds = Integer.getInteger("vaquita.history.rounds", 100);
    for (int round = 0; round < rounds; round++) {
      for (String line : LEVELS.lines().toList()) {
        String[] parts = line.split(", ");
        long seed = SEED + round;
        inMemory(parts[0], Strictness.valueOf(parts[1]), seed);
        restarts(parts[0], Strictness.valueOf(parts[1]), seed, 5, 300);
      }
    }
  }

  private static void inMemory(String level, Strictness strictness, long seed) throws Exception {
    HistoryRun run = new HistoryRun(level, seed);
    try (Database database = Database.inMemory()) {
      HistoryRun.createTable(database);
      run.run(database, 5000, true);
      check(run, database, strictness);
    }
  }

  private void restarts(
      String level, Strictness strictness, long seed, int starts, int transactionsEach)
      throws Exception {
    HistoryRun run = new HistoryRun(level, seed);
    Path place = Files.createTempDirectory(directory, "history");
    for (int start = 0; start < starts; start++) {
      try (Database database = Database.open(place)) {
        if (start == 0) {
          HistoryRun.createTable(database);
        }
        run.run(database, transactionsEach, start % 2 == 1);
      }
    }
    try (Database database = Database.open(place)) {
      check(run, database, strictness);
    }
  }

  private static void check(HistoryRun run, Database database, Strictness strictness) {
    List<String> anomalies =
        HistoryChecker.check(run.transactions(), HistoryRun.finals(database), strictness);
    assertEquals(List.of(), anomalies, () -> "seed " + SEED + ": " + String.join("\n", anomalies));
    long all = run.transactions().size();
    assertTrue(
        run.committed() > all / 5,
        () -> "seed " + SEED + ": of " + all + " only " + run.committed() + "; " + run.endings());
  }
}
