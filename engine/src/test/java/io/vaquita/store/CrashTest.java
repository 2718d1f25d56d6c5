package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power failures at every step of the disk, under random page sizes, cache budgets and checkpoint intervals: what was acknowledged is there
 * afterwards, in order, nothing else is, and the store goes on working. {@code -Dvaquita.crashes=N} for the length of a run, {@code
 * -Dvaquita.seed=N} to repeat one.
 */
class CrashTest {
  private static final Path DIRECTORY = Path.of("/simulated");

  /** A commit that a client began. */
  private static final class Attempt {
    final WriteBatch batch;

    /** Unknown while the client has no answer. */
    long position = Long.MAX_VALUE;

    Attempt(WriteBatch batch) {
      this.batch = batch;
    }
  }

  /** What a run of the workload left in the memory of its clients. Only the last attempt may have no answer. */
  private static final class Outcome {
    final List<Attempt> attempted = new ArrayList<>();

    /** Position of the last commit that returned as durable. */
    long durable;

    long lastKnown() {
      return attempted.stream()
          .mapToLong(attempt -> attempt.position)
          .filter(position -> position < Long.MAX_VALUE)
          .max()
          .orElse(0);
    }

    /** Forgets what the store does not have, when it is at this position; returns what it should hold. */
    ModelStore settle(long position) {
      if (position > lastKnown() && !attempted.isEmpty()) {
        attempted.getLast().position = position;
      }
      attempted.removeIf(attempt -> attempt.position > position);
      assertEquals(lastKnown(), position, "the store is at a position that no commit has");
      ModelStore model = new ModelStore();
      attempted.forEach(attempt -> model.apply(attempt.batch));
      return model;
    }
  }

  @Test
  void everyAcknowledgedCommitSurvivesACrashAtAnyStep() {
    crash(SeededRandom.seed(7), Integer.getInteger("vaquita.crashes", 2000));
  }

  @Test
  @Tag("slow")
  void everyAcknowledgedCommitSurvivesAHundredThousandCrashes() {
    long seed = Long.getLong("vaquita.seed", Environment.system().clock().wallMicros());
    System.out.println("CrashTest: to repeat this run -Dvaquita.seed=" + seed);
    crash(seed, Integer.getInteger("vaquita.crashes", 100_000));
  }

  /** Each run of the workload is crashed at each of its steps in turn, until so many crashes are done. */
  private static void crash(long firstSeed, int crashes) {
    int done = 0;
    for (long seed = firstSeed; done < crashes; seed++) {
      SimulatedFileSystem calm = new SimulatedFileSystem(seed);
      runWorkload(calm, seed, new Outcome());
      long steps = calm.steps();
      for (long step = 1; step <= steps && done < crashes; step++) {
        try {
          crashAt(seed, step);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("-Dvaquita.seed=" + seed + ", crash at step " + step, e);
        }
        done++;
        if (done % 10_000 == 0) {
          System.out.println("CrashTest: " + done + " crashes");
        }
      }
    }
  }

  /** A killed process is no power failure: what it acknowledged is with the operating system, whatever durability was asked for. */
  @Test
  void everyAcknowledgedCommitSurvivesAKillAtAnyStep() {
    int kills = Integer.getInteger("vaquita.crashes", 2000) / 5;
    int done = 0;
    for (long seed = SeededRandom.seed(8); done < kills; seed++) {
      SimulatedFileSystem calm = new SimulatedFileSystem(seed);
      runWorkload(calm, seed, new Outcome());
      long steps = calm.steps();
      for (long step = 1; step <= steps && done < kills; step += 3) {
        SimulatedFileSystem disk = new SimulatedFileSystem(seed * 31 + step);
        disk.crashAt(step);
        Outcome outcome = new Outcome();
        runWorkload(disk, seed, outcome);
        outcome.durable = outcome.lastKnown();
        try {
          recover(disk.afterKill(), outcome, new SeededRandom(seed + step));
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", kill at step " + step, e);
        }
        done++;
      }
    }
  }

  private static StoreOptions options(SeededRandom random) {
    return new StoreOptions(
        256 << random.below(5),
        20_000 + random.below(100_000),
        16_384 + random.below(20_000),
        2_000 + random.below(40_000),
        random.oneIn(2) ? 1 << 20 : 300,
        1000,
        null);
  }

  /** Commits until the power goes; returns quietly then. */
  private static void runWorkload(SimulatedFileSystem disk, long seed, Outcome outcome) {
    SeededRandom random = new SeededRandom(seed);
    RandomBatches batches = new RandomBatches(random, 300, 3000);
    Store store = null;
    try {
      for (int round = 0; round < 2; round++) {
        store =
            Stores.open(
                DIRECTORY, options(random), new SimulatedEnvironment(disk, random.oneIn(2)));
        for (int i = 0; i < 12; i++) {
          WriteBatch batch = batches.next();
          CommitDurability durability =
              random.oneIn(2)
                  ? CommitDurability.SYNCED
                  : random.oneIn(2) ? CommitDurability.WRITTEN : CommitDurability.LAZY;
          if (!batch.isEmpty()) {
            Attempt attempt = new Attempt(batch);
            outcome.attempted.add(attempt);
            boolean isStream = random.oneIn(5);
            attempt.position =
                isStream
                    ? store.commit(RandomBatches.pieces(batch, 1 + random.below(9)))
                    : store.commit(batch, durability);
            if (isStream || durability == CommitDurability.SYNCED) {
              outcome.durable = attempt.position;
            }
          }
          if (random.oneIn(6)) {
            ((FileStore) store).pack();
          }
          if (random.oneIn(6)) {
            ((FileStore) store).checkpoint();
          }
        }
        store.close();
        outcome.durable = outcome.lastKnown();
      }
    } catch (DatabaseException e) {
      assertTrue(disk.isCrashed(), () -> "an error without a crash: " + e.message());
      close(store);
    }
  }

  private static void close(@Nullable Store store) {
    try {
      if (store != null) {
        store.close();
      }
    } catch (DatabaseException e) {
      // The power is off.
    }
  }

  private static void crashAt(long seed, long step) {
    SimulatedFileSystem disk = new SimulatedFileSystem(seed * 31 + step);
    disk.crashAt(step);
    Outcome outcome = new Outcome();
    runWorkload(disk, seed, outcome);
    SimulatedFileSystem after = disk.afterCrash();
    SeededRandom random = new SeededRandom(seed + step);
    if (random.oneIn(3)) {
      // A second crash, while the store recovers.
      after.crashAt(1 + random.below(30));
      try {
        Stores.open(DIRECTORY, options(random), new SimulatedEnvironment(after, random.oneIn(2)))
            .close();
      } catch (DatabaseException e) {
        assertTrue(after.isCrashed(), () -> "recovery failed: " + e.message());
      }
      after = after.afterCrash();
    }
    long position = recover(after, outcome, random);
    // What recovery has shown is durable from then on.
    outcome.durable = position;
    recover(random.oneIn(2) ? after.afterCrash() : after.afterKill(), outcome, random);
  }

  /** Opens, compares with the model, commits once more; returns the position. Leaves the store as if the process had been killed. */
  private static long recover(SimulatedFileSystem disk, Outcome outcome, SeededRandom random) {
    if (disk.exists(DIRECTORY.resolve(PageFile.NAME))) {
      StoreAssertions.assertSound(DIRECTORY, disk);
    }
    Store store =
        Stores.open(DIRECTORY, options(random), new SimulatedEnvironment(disk, random.oneIn(2)));
    long position = store.position();
    assertTrue(
        position >= outcome.durable,
        () -> "commit " + outcome.durable + " was acknowledged, the store has " + position);
    StoreAssertions.assertSame(outcome.settle(position), store.snapshot());
    TreeInvariants.check(store.snapshot());
    WriteBatch batch = new WriteBatch();
    batch.put(1, random.bytes(5), random.bytes(50));
    Attempt last = new Attempt(batch);
    outcome.attempted.add(last);
    last.position = store.commit(batch, CommitDurability.SYNCED);
    SimulatedFileSystem killed = disk;
    killed.crashAt(0);
    close(store);
    return last.position;
  }
}
