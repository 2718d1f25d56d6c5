package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.session.SqlActor.Outcome;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.store.SeededRandom;
import io.vaquita.store.SimulatedEnvironment;
import io.vaquita.store.SimulatedFileSystem;
import io.vaquita.store.SimulatedFileSystem.Fault;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.table.TableCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power failures, and errors of the disk, under a whole database: random transactions, branches of distributed transactions, large values and DDL of several clients.
 * Afterwards each client's tables are as it was told, or as the one statement under way would have left them; indexes agree with rows,
 * trees with the catalog; prepared branches are there with their locks and can be finished; and work goes on.
 *
 * <p>{@code -Dvaquita.crashes=N} for the length of a run, {@code -Dvaquita.seed=N} to repeat one.
 */
class SqlCrashTest {
  private static final Path DIRECTORY = Path.of("/simulated");
  private static final int ACTORS = 2;
  private static final int STEPS_A_RUN = 30;

  @Test
  void aCrashLeavesWhatClientsWereTold() {
    crash(SeededRandom.seed(41), Integer.getInteger("vaquita.crashes", 100), 12);
  }

  @Test
  @Tag("slow")
  void aCrashAtEveryStepLeavesWhatClientsWereTold() {
    long seed = Long.getLong("vaquita.seed", Environment.system().clock().wallMicros());
    System.out.println("SqlCrashTest: -Dvaquita.seed=" + seed);
    crash(seed, Integer.getInteger("vaquita.crashes", 20_000), 1);
  }

  /** {@code strideMax}: how far apart the crash points of one run of statements may be. */
  private static void crash(long firstSeed, int crashes, int strideMax) {
    int done = 0;
    for (long seed = firstSeed; done < crashes; seed++) {
      SimulatedFileSystem calm = new SimulatedFileSystem(seed);
      new Run(seed, calm).work();
      SeededRandom random = new SeededRandom(seed);
      for (long step = 1; step <= calm.steps() && done < crashes; done++) {
        try {
          if (done % 4 == 3) {
            failAt(seed, step);
          } else {
            crashAt(seed, step);
          }
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("-Dvaquita.seed=" + seed + ", crash at step " + step, e);
        }
        if (done % 1000 == 999) {
          System.out.println("SqlCrashTest: " + (done + 1) + " crashes and disk errors");
        }
        step += 1 + random.below(strideMax);
      }
    }
  }

  private static void crashAt(long seed, long step) {
    SimulatedFileSystem disk = new SimulatedFileSystem(seed * 31 + step);
    disk.crashAt(step);
    Run run = new Run(seed, disk);
    run.work();
    recover(run, step);
  }

  /** An error of the disk instead of a crash: whoever meets it gives up, and the server is started again. */
  private static void failAt(long seed, long step) {
    SimulatedFileSystem disk = new SimulatedFileSystem(seed * 37 + step);
    Fault[] faults = Fault.values();
    disk.failAt(faults[(int) (step % faults.length)], step);
    Run run = new Run(seed, disk);
    run.work();
    recover(run, step);
  }

  private static void recover(Run run, long step) {
    for (int again = 0; again < 2; again++) {
      SimulatedFileSystem after =
          again == 0 || step % 2 == 0 ? run.disk.afterCrash() : run.disk.afterKill();
      run.disk = after;
      run.verify();
      run.goOn(3);
      after.crashAt(0);
      run.end();
    }
  }

  /** Clients at work on one disk. */
  private static final class Run {
    private final SeededRandom random;
    private final List<SqlActor> actors = new ArrayList<>();
    private SimulatedFileSystem disk;
    private @Nullable EngineDatabase database;

    Run(long seed, SimulatedFileSystem disk) {
      this.random = new SeededRandom(seed);
      this.disk = disk;
      for (int i = 0; i < ACTORS; i++) {
        actors.add(new SqlActor(i, random));
      }
    }

    private StoreOptions options() {
      return new StoreOptions(
          256 << random.below(5),
          100_000 + random.below(400_000),
          16_384 + random.below(50_000),
          5_000 + random.below(60_000),
          1 << 22,
          1000,
          null);
    }

    private EngineDatabase open() {
      Environment environment = new SimulatedEnvironment(disk, random.oneIn(2));
      Store store = Stores.open(DIRECTORY, options(), environment);
      EngineDatabase opened;
      try {
        opened =
            EngineDatabase.over(
                store,
                environment,
                new GlobalVariables(),
                Path.of(System.getProperty("java.io.tmpdir")));
      } catch (RuntimeException e) {
        closeQuietly(store);
        throw e;
      }
      database = opened;
      actors.forEach(a -> a.connect(opened));
      return opened;
    }

    private static void closeQuietly(AutoCloseable closed) {
      try {
        closed.close();
      } catch (Exception e) {
        // The power is off: what it says is no news.
      }
    }

    void end() {
      EngineDatabase d = database;
      database = null;
      if (d != null) {
        closeQuietly(d);
      }
    }

    /** Works until the power goes; returns quietly then. */
    void work() {
      try {
        for (int round = 0; round < 2; round++) {
          open();
          goOn(STEPS_A_RUN);
          end();
        }
      } catch (DatabaseException e) {
        assertTrue(isFaulty(), () -> "an error without a crash: " + e.message());
      } catch (IllegalStateException e) {
        if (!isFaulty()) {
          throw e;
        }
      } finally {
        end();
      }
    }

    private boolean isFaulty() {
      return disk.isCrashed() || disk.hasFailed();
    }

    void goOn(int steps) {
      for (int i = 0; i < steps; i++) {
        actors.get(random.below(actors.size())).step();
      }
    }

    /** Opens the database as a restart does and compares it with what the clients know. */
    void verify() {
      EngineDatabase opened = open();
      assertSound(opened);
      List<String> prepared = actors.getFirst().query("XA RECOVER");
      for (SqlActor actor : actors) {
        String xid = actor.branch().replace("'", "");
        boolean isPrepared = prepared.stream().anyMatch(row -> row.endsWith("," + xid));
        settle(actor, isPrepared);
        if (isPrepared) {
          actor.finishBranch();
          assertEquals(SqlActor.lines(actor.possible().getFirst().tables()), actor.read());
        }
      }
      assertEquals(List.of(), actors.getFirst().query("XA RECOVER"));
      assertSound(opened);
    }

    private static void settle(SqlActor actor, boolean isPrepared) {
      Map<String, List<String>> found = actor.read();
      for (Outcome outcome : actor.possible()) {
        if (isPrepared == (outcome.prepared() != null)) {
          Outcome resolved = ModelOutcome.resolve(outcome, found);
          if (SqlActor.lines(resolved.tables()).equals(found)) {
            actor.settle(resolved);
            return;
          }
        }
      }
      StringBuilder text = new StringBuilder("the tables of a client are not what it was told\n");
      text.append("prepared: ").append(isPrepared).append("\nfound:    ").append(found);
      actor
          .possible()
          .forEach(
              o ->
                  text.append("\npossible: ")
                      .append(o.prepared() != null ? "prepared " : "")
                      .append(SqlActor.lines(o.tables())));
      throw new AssertionError(text.toString());
    }

    /** Trees, and indexes against their tables; no tree that no definition knows. */
    private static void assertSound(EngineDatabase database) {
      Engine engine = database.engine();
      for (SchemaDefinition schema : engine.catalog().snapshot().schemas()) {
        for (Relation relation : engine.catalog().snapshot().relations(schema.name())) {
          if (relation instanceof TableDefinition table) {
            table
                .trees()
                .forEach(
                    tree ->
                        assertEquals(
                            List.of(),
                            Stores.checkTree(engine.store().snapshot(), tree),
                            table.name()));
            assertEquals(
                List.of(),
                new TableCheck(engine.tables().accessor(table), engine.store().snapshot(), () -> {})
                    .problems(),
                table.name());
          }
        }
      }
    }
  }
}
