package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails, fills up, or changes bits, without a power failure. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class FaultTest {
  private static final Path DIRECTORY = Path.of("/simulated");
  private static final StoreOptions OPTIONS =
      new StoreOptions(512, 40_000, 32_768, 20_000, 2000, 1000, null);

  /** Whether the test's own thread writes the log when it can. */
  private final boolean isUninterrupted;

  FaultTest(boolean isUninterrupted) {
    this.isUninterrupted = isUninterrupted;
  }

  private FileStore open(SimulatedFileSystem disk) {
    return (FileStore)
        Stores.open(DIRECTORY, OPTIONS, new SimulatedEnvironment(disk, isUninterrupted));
  }

  /** Whatever fails at whatever step: an acknowledged commit stays, an error is a clear one, and a restart brings all back. */
  @ParameterizedTest
  @EnumSource(SimulatedFileSystem.Fault.class)
  void anErrorAtAnyStepLosesNothing(SimulatedFileSystem.Fault fault) {
    long seed = SeededRandom.seed(fault.ordinal());
    for (int step = 1; step < 150; step++) {
      try {
        errorAt(fault, seed + step, step);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
  }

  private void errorAt(SimulatedFileSystem.Fault fault, long seed, int step) {
    SimulatedFileSystem disk = new SimulatedFileSystem(seed);
    open(disk).close();
    disk.failAt(fault, disk.steps() + step);
    RandomBatches batches = new RandomBatches(new SeededRandom(seed), 300, 2000);
    ModelStore model = new ModelStore();
    ModelStore withUnknown = model;
    try {
      FileStore store = open(disk);
      for (int i = 0; i < 25; i++) {
        WriteBatch batch = batches.next();
        try {
          if (i % 5 == 4) {
            store.commit(RandomBatches.pieces(batch, 6));
          } else {
            store.commit(batch, CommitDurability.SYNCED);
          }
          model.apply(batch);
        } catch (DatabaseException e) {
          assertTrue(disk.hasFailed(), () -> "an error without a fault: " + e.message());
          if (withUnknown.equals(model)) {
            withUnknown = model.copy();
            withUnknown.apply(batch);
          }
          if (e.number() != 1290 && e.number() != 1026 && e.number() != 1024) {
            throw e;
          }
        }
        StoreAssertions.assertSameAt(model.tree(1), store.snapshot(), 1, batches.key());
      }
      store.close();
    } catch (DatabaseException e) {
      assertTrue(disk.hasFailed(), () -> "an error without a fault: " + e.message());
    }
    SimulatedFileSystem restarted = disk.afterCrash();
    StoreAssertions.assertSound(DIRECTORY, restarted);
    FileStore again = open(restarted);
    try {
      StoreAssertions.assertSame(model, again.snapshot());
    } catch (AssertionError e) {
      // The commit that met the failure may be there: its outcome was unknown.
      StoreAssertions.assertSame(withUnknown, again.snapshot());
    }
    TreeInvariants.check(again.snapshot());
    again.close();
    StoreAssertions.assertSound(DIRECTORY, restarted);
  }

  @Test
  void afterAFailedSyncTheStoreIsReadOnlyUntilItIsOpenedAgain() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    FileStore store = open(disk);
    put(store, 1);
    disk.failAt(SimulatedFileSystem.Fault.SYNC, disk.steps() + 1);
    assertEquals(1290, assertThrows(DatabaseException.class, () -> put(store, 2)).number());
    assertEquals(1290, assertThrows(DatabaseException.class, () -> put(store, 3)).number());
    assertEquals(1, store.snapshot().entryCount(16));
    store.close();
    FileStore again = open(disk);
    assertTrue(again.snapshot().entryCount(16) <= 2);
    put(again, 4);
    again.close();
  }

  /** Who did not wait for the disk must hear at the end that what was written never got there. */
  @Test
  void closingTellsOfCommitsThatNeverReachedTheDisk() {
    SimulatedFileSystem disk = new SimulatedFileSystem(3);
    FileStore store = open(disk);
    put(store, 1);
    WriteBatch batch = new WriteBatch();
    batch.put(16, new byte[] {2}, new byte[30]);
    store.commit(batch, CommitDurability.WRITTEN);
    disk.failAt(SimulatedFileSystem.Fault.SYNC, disk.steps() + 1);
    assertEquals(1290, assertThrows(DatabaseException.class, store::checkpoint).number());
    assertThrows(DatabaseException.class, store::close);
  }

  @Test
  void aFullDiskRefusesCommitsAndRecoversWhenThereIsSpace() {
    SimulatedFileSystem disk = new SimulatedFileSystem(2);
    FileStore store = open(disk);
    disk.capacity(300_000);
    int stored = 0;
    DatabaseException error = null;
    while (error == null) {
      try {
        put(store, stored);
        stored++;
      } catch (DatabaseException e) {
        error = e;
      }
    }
    assertEquals(1026, error.number());
    assertTrue(error.message().contains("No space left"), error.message());
    assertEquals(stored, store.snapshot().entryCount(16));
    disk.capacity(Long.MAX_VALUE);
    boolean isBack = false;
    while (!isBack) {
      try {
        put(store, stored);
        isBack = true;
      } catch (DatabaseException e) {
        // The checkpoint that failed is tried again after a pause.
        try {
          store.checkpoint();
        } catch (DatabaseException stillFull) {
          // Once more.
        }
      }
    }
    store.close();
    FileStore again = open(disk);
    assertEquals(stored + 1, again.snapshot().entryCount(16));
    again.close();
  }

  @Test
  void flippedBitsAreNamedAndNeverServed() {
    long seed = SeededRandom.seed(11);
    SeededRandom random = new SeededRandom(seed);
    SimulatedFileSystem disk = new SimulatedFileSystem(seed);
    RandomBatches batches = new RandomBatches(random, 300, 3000);
    ModelStore model = new ModelStore();
    FileStore store = open(disk);
    for (int i = 0; i < 60; i++) {
      WriteBatch batch = batches.next();
      store.commit(batch, CommitDurability.SYNCED);
      model.apply(batch);
    }
    store.close();
    SimulatedFileSystem calm = disk.afterCrash();
    byte[] data = calm.bytes(PageFile.NAME);
    int named = 0;
    for (int round = 0; round < 1500; round++) {
      byte[] changed = data.clone();
      int bit = random.below(changed.length * 8);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      SimulatedFileSystem damaged = new SimulatedFileSystem(round);
      calm.names().forEach(name -> damaged.adopt(name, calm.bytes(name)));
      damaged.adopt(PageFile.NAME, changed);
      try (FileStore reader = open(damaged)) {
        StoreAssertions.assertSame(model, reader.snapshot());
      } catch (DatabaseException e) {
        assertTrue(e.message().contains("damaged"), e.message());
        named++;
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": a flip of bit " + bit + " was served", e);
      }
    }
    assertTrue(named > 100, "only " + named + " flips were noticed");
  }

  @Test
  void aDamagedLogRecordInTheMiddleIsNamed() {
    SimulatedFileSystem disk = new SimulatedFileSystem(3);
    FileStore store = open(disk);
    for (int i = 0; i < 5; i++) {
      put(store, i);
    }
    SimulatedFileSystem crashed = disk.afterCrash();
    List<String> logs = crashed.names().stream().filter(n -> n.startsWith("log-")).toList();
    byte[] log = crashed.bytes(logs.getFirst());
    int record = (int) LogFormat.recordBytes(0) + 8;
    for (int bit = 0; bit < 8 * record; bit += 7) {
      byte[] changed = log.clone();
      changed[LogFormat.SEGMENT_HEADER + bit / 8] ^= (byte) (1 << bit % 8);
      SimulatedFileSystem damaged = new SimulatedFileSystem(4);
      crashed.names().forEach(name -> damaged.adopt(name, crashed.bytes(name)));
      damaged.adopt(logs.getFirst(), changed);
      DatabaseException e = assertThrows(DatabaseException.class, () -> open(damaged));
      assertTrue(e.message().contains("log record of commit 1"), e.message());
    }
  }

  /** A flip in the very last record cannot be told from a write that a crash cut off; any other one must be noticed. */
  @Test
  void flippedBitsInTheLogLoseNothingUnnoticed() {
    long seed = SeededRandom.seed(12);
    SeededRandom random = new SeededRandom(seed);
    SimulatedFileSystem disk = new SimulatedFileSystem(seed);
    RandomBatches batches = new RandomBatches(random, 300, 2000);
    List<ModelStore> models = new ArrayList<>(List.of(new ModelStore()));
    FileStore store =
        (FileStore)
            Stores.open(
                DIRECTORY,
                new StoreOptions(512, 1 << 22, 32_768, 1 << 22, 1 << 20, 1000, null),
                new SimulatedEnvironment(disk, isUninterrupted));
    while (models.size() < 60) {
      WriteBatch batch = batches.next();
      if (!batch.isEmpty()) {
        store.commit(batch, CommitDurability.SYNCED);
        models.add(models.getLast().copy());
        models.getLast().apply(batch);
      }
    }
    SimulatedFileSystem crashed = disk.afterCrash();
    List<String> logs = crashed.names().stream().filter(n -> n.startsWith("log-")).toList();
    int named = 0;
    for (int round = 0; round < 600; round++) {
      String name = logs.get(random.below(logs.size()));
      byte[] changed = crashed.bytes(name);
      int bit = random.below(changed.length * 8);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      SimulatedFileSystem damaged = new SimulatedFileSystem(round);
      crashed.names().forEach(n -> damaged.adopt(n, crashed.bytes(n)));
      damaged.adopt(name, changed);
      try (FileStore reader = open(damaged)) {
        long position = reader.position();
        assertTrue(
            position >= models.size() - 2,
            () -> "seed " + seed + ": a flip of bit " + bit + " of " + name + " lost commits");
        StoreAssertions.assertSame(models.get((int) position), reader.snapshot());
      } catch (DatabaseException e) {
        assertTrue(e.message().contains("damaged"), e.message());
        named++;
      }
    }
    assertTrue(named > 100, "only " + named + " flips were noticed");
  }

  @Test
  void aMissingLogSegmentIsNamed() {
    SimulatedFileSystem disk = new SimulatedFileSystem(5);
    FileStore store = open(disk);
    put(store, 1);
    store.checkpoint();
    put(store, 2);
    SimulatedFileSystem crashed = disk.afterCrash();
    SimulatedFileSystem damaged = new SimulatedFileSystem(6);
    crashed.names().stream()
        .filter(name -> !name.startsWith("log-"))
        .forEach(name -> damaged.adopt(name, crashed.bytes(name)));
    DatabaseException e = assertThrows(DatabaseException.class, () -> open(damaged));
    assertTrue(e.message().contains("is missing"), e.message());
  }

  private static void put(Store store, int n) {
    WriteBatch batch = new WriteBatch();
    batch.put(16, new byte[] {(byte) (n >> 8), (byte) n}, new byte[300]);
    store.commit(batch, CommitDurability.SYNCED);
  }
}
