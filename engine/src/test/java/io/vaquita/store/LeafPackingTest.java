package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaves that grew in random order, and what packing them makes of them. */
class LeafPackingTest {
  private static final int KEYS = 4000;

  @TempDir Path directory;

  private Store open(int pageBytes) {
    return Stores.open(
        directory,
        new StoreOptions(pageBytes, 8 << 20, 1 << 20, 16 << 20, 1 << 20, 1000, null),
        Environment.system());
  }

  /** Keys of two trees in random order, in commits of some hundred. */
  private static void loadInRandomOrder(Store store, ModelStore model, SeededRandom random) {
    int[] keys = new int[KEYS];
    for (int i = 0; i < KEYS; i++) {
      int j = random.below(i + 1);
      keys[i] = keys[j];
      keys[j] = i;
    }
    for (int i = 0; i < KEYS; i += 200) {
      WriteBatch batch = new WriteBatch();
      for (int k = i; k < i + 200; k++) {
        byte[] key = {(byte) (keys[k] >> 8), (byte) keys[k], 7};
        batch.put(1 + k % 2 * 100, key, random.bytes(30 + random.below(20)));
      }
      store.commit(batch, CommitDurability.LAZY);
      model.apply(batch);
    }
  }

  @Test
  void leavesBecomeFullAndNothingElseChanges() {
    ModelStore model = new ModelStore();
    try (FileStore store = (FileStore) open(1024)) {
      loadInRandomOrder(store, model, new SeededRandom(SeededRandom.seed(21)));
      Snapshot before = store.snapshot();
      double fill = TreeInvariants.check(before);
      assertTrue(fill < 0.8, () -> "a load in random order filled leaves by " + fill);
      long position = store.position();
      store.pack();
      assertEquals(position, store.position());
      double packed = TreeInvariants.check(store.snapshot());
      assertTrue(packed > 0.93, () -> "packed leaves are full by " + packed);
      StoreAssertions.assertSame(model, store.snapshot());
      StoreAssertions.assertSame(model, before);
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < 300; i++) {
        batch.put(1, new byte[] {(byte) i, (byte) (i * 7), 9}, new byte[40]);
        batch.delete(101, new byte[] {(byte) (i >> 4), (byte) (i << 4), 7});
      }
      store.commit(batch, CommitDurability.SYNCED);
      model.apply(batch);
      StoreAssertions.assertSame(model, store.snapshot());
      TreeInvariants.check(store.snapshot());
    }
    try (Store store = open(1024)) {
      StoreAssertions.assertSame(model, store.snapshot());
    }
    assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
  }

  @Test
  void aStoreThatClosesLeavesPackedLeavesAndAShortFile() {
    ModelStore model = new ModelStore();
    long bytes = 0;
    try (Store store = open(1024)) {
      loadInRandomOrder(store, model, new SeededRandom(SeededRandom.seed(22)));
    }
    for (var tree : model.trees.values()) {
      for (var entry : tree.entrySet()) {
        bytes += 6 + entry.getKey().length + entry.getValue().length;
      }
    }
    long file = directory.resolve(PageFile.NAME).toFile().length();
    assertTrue(file < bytes * 1.25, file + " bytes in the file for " + bytes + " of entries");
    try (Store store = open(1024)) {
      assertTrue(TreeInvariants.check(store.snapshot()) > 0.93);
      StoreAssertions.assertSame(model, store.snapshot());
    }
  }

  /** As KILL does, between any two steps. */
  @Test
  void compactingThatIsEndedLeavesTheStoreSound() {
    ModelStore model = new ModelStore();
    int ended = 0;
    try (FileStore store = (FileStore) open(256)) {
      loadInRandomOrder(store, model, new SeededRandom(SeededRandom.seed(25)));
      double before = TreeInvariants.check(store.snapshot());
      for (int steps = 1; steps < 100; steps += 7) {
        AtomicInteger left = new AtomicInteger(steps);
        try {
          store.compact(
              () -> {
                if (left.decrementAndGet() == 0) {
                  throw MySqlError.ER_QUERY_INTERRUPTED.exception();
                }
              });
        } catch (DatabaseException e) {
          assertTrue(e.is(MySqlError.ER_QUERY_INTERRUPTED), e::message);
          ended++;
        }
        StoreAssertions.assertSame(model, store.snapshot());
        TreeInvariants.check(store.snapshot());
      }
      store.compact();
      double packed = TreeInvariants.check(store.snapshot());
      assertTrue(packed > before * 1.1, () -> "full by " + packed + ", before by " + before);
    }
    assertTrue(ended > 0);
    assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
  }

  @Test
  void whatWasLoadedInOrderStaysAsItIs() {
    try (FileStore store = (FileStore) open(1024)) {
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < KEYS; i++) {
        batch.put(1, new byte[] {(byte) (i >> 8), (byte) i}, new byte[40]);
      }
      store.commit(batch, CommitDurability.SYNCED);
      store.checkpoint();
      store.pack();
      assertEquals(0, store.statistics().dirtyBytes());
    }
  }

  @Test
  void randomStoresOfEveryPageSizeStaySound() {
    for (int round = 0; round < 40; round++) {
      long seed = SeededRandom.seed(23) + round;
      SeededRandom random = new SeededRandom(seed);
      ModelStore model = new ModelStore();
      RandomBatches batches = new RandomBatches(random, 3000, 5000);
      Path place = directory.resolve("round" + round);
      StoreOptions options =
          new StoreOptions(256 << random.below(6), 1 << 20, 1 << 18, 1 << 18, 1 << 20, 1000, null);
      try {
        try (FileStore store = (FileStore) Stores.open(place, options, Environment.system())) {
          for (int i = 0; i < 60; i++) {
            WriteBatch batch = batches.next();
            store.commit(batch, CommitDurability.LAZY);
            model.apply(batch);
            if (random.oneIn(8)) {
              store.pack();
              StoreAssertions.assertSame(model, store.snapshot());
              TreeInvariants.check(store.snapshot());
            }
          }
        }
        try (Store store = Stores.open(place, options, Environment.system())) {
          StoreAssertions.assertSame(model, store.snapshot());
        }
        assertEquals(List.of(), Stores.check(place, Environment.system()).problems());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void packingGoesOnWhereTheLastStepEnded() {
    ModelStore model = new ModelStore();
    try (FileStore store = (FileStore) open(256)) {
      loadInRandomOrder(store, model, new SeededRandom(SeededRandom.seed(24)));
      Version version = (Version) store.snapshot();
      LeafPacking packing = new LeafPacking(20);
      long saved = 0;
      int steps = 0;
      while (!packing.isDone()) {
        VersionEditor editor =
            new VersionEditor(version, PageSizes.of(256), 1_000_000 + steps, SpaceLedger.NONE);
        saved += packing.step(editor);
        version = Version.countable(editor.roots(), version.position(), 1_000_000 + steps, version);
        assertNotNull(version);
        TreeInvariants.check(version);
        steps++;
      }
      assertTrue(steps > 20, "it took " + steps + " steps");
      assertTrue(saved > 200, "only " + saved + " leaves fewer");
      StoreAssertions.assertSame(model, version);
    }
  }
}
