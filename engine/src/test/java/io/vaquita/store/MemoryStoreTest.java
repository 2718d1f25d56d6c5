package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {
  @ParameterizedTest
  @ValueSource(ints = {256, 512, 1024, 8192})
  void agreesWithTheModel(int pageBytes) {
    long seed = SeededRandom.seed(pageBytes);
    SeededRandom random = new SeededRandom(seed);
    try (Store store = Stores.inMemory(pageBytes)) {
      ModelStore model = new ModelStore();
      RandomBatches batches = new RandomBatches(random, 3000, 20_000);
      List<Snapshot> snapshots = new ArrayList<>();
      List<ModelStore> models = new ArrayList<>();
      for (int step = 0; step < 4000; step++) {
        WriteBatch batch = batches.next();
        model.apply(batch);
        store.commit(batch, CommitDurability.SYNCED);
        byte[] key = batches.key();
        StoreAssertions.assertSameAt(model.tree(101), store.snapshot(), 101, key);
        if (step % 400 == 0) {
          StoreAssertions.assertSame(model, store.snapshot());
          TreeInvariants.check(store.snapshot());
          snapshots.add(store.snapshot());
          models.add(model.copy());
        }
      }
      for (int i = 0; i < snapshots.size(); i++) {
        StoreAssertions.assertSame(models.get(i), snapshots.get(i));
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", pages of " + pageBytes, e);
    }
  }

  @Test
  void keysInOrderFillPages() {
    try (Store store = Stores.inMemory()) {
      int rows = 50_000;
      for (int i = 0; i < rows; i += 100) {
        WriteBatch batch = new WriteBatch();
        for (int k = i; k < i + 100; k++) {
          batch.put(20, ByteBuffer.allocate(8).putLong(k).array(), new byte[100]);
        }
        store.commit(batch, CommitDurability.LAZY);
      }
      assertEquals(rows, store.snapshot().entryCount(20));
      double fill = TreeInvariants.check(store.snapshot());
      assertTrue(fill > 0.95, "pages are filled to " + fill);
    }
  }

  @Test
  void interleavedRunsFillPages() {
    try (Store store = Stores.inMemory()) {
      for (int i = 0; i < 20_000; i++) {
        WriteBatch batch = new WriteBatch();
        for (int group = 0; group < 5; group++) {
          batch.put(20, ByteBuffer.allocate(8).putInt(group).putInt(i).array(), new byte[60]);
        }
        store.commit(batch, CommitDurability.LAZY);
      }
      double fill = TreeInvariants.check(store.snapshot());
      assertTrue(fill > 0.9, "pages are filled to " + fill);
    }
  }

  @Test
  void aForkGoesItsOwnWay() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      try (Store fork = store.fork()) {
        put(store, 2);
        put(fork, 3);
        assertNull(fork.snapshot().get(16, new byte[] {2}));
        assertNull(store.snapshot().get(16, new byte[] {3}));
        assertArrayEquals(new byte[] {1}, fork.snapshot().get(16, new byte[] {1}));
        assertEquals(2, fork.snapshot().entryCount(16));
        assertEquals(2, store.snapshot().entryCount(16));
      }
    }
  }

  @Test
  void manyThreadsCommitAllTheirBatches() throws InterruptedException {
    try (Store store = Stores.inMemory()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int thread = t;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    WriteBatch batch = new WriteBatch();
                    byte[] key = ByteBuffer.allocate(8).putInt(thread).putInt(i).array();
                    batch.put(16, key, key);
                    long position = store.commit(batch, CommitDurability.SYNCED);
                    Snapshot snapshot = store.snapshot();
                    if (snapshot.position() < position || snapshot.get(16, key) == null) {
                      throw new AssertionError("a commit is not visible after its return");
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(8000, store.position());
      assertEquals(8000, store.snapshot().entryCount(16));
    }
  }

  @Test
  void refusesWhatItCannotStore() {
    try (Store store = Stores.inMemory()) {
      WriteBatch batch = new WriteBatch();
      batch.put(16, new byte[Store.KEY_BYTES_MAX + 1], new byte[0]);
      assertThrows(
          IllegalArgumentException.class, () -> store.commit(batch, CommitDurability.SYNCED));
    }
  }

  private static void put(Store store, int n) {
    WriteBatch batch = new WriteBatch();
    batch.put(16, new byte[] {(byte) n}, new byte[] {(byte) n});
    store.commit(batch, CommitDurability.SYNCED);
  }
}
