package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits in memory that change the pages of a version that is nobody's: when they may, and that nobody ever sees them do it. */
class InPlaceCommitTest {
  private static final int TREE = 16;

  @Test
  void aVersionThatIsNobodysIsChanged() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      put(store, 2);
      Page before = borrowedRoot(store);
      put(store, 3);
      put(store, 2);
      assertSame(before, borrowedRoot(store));
      assertEquals(3, store.entryCount(TREE));
      assertEquals(4, store.position());
      TreeInvariants.check(store.snapshot());
    }
  }

  @Test
  void aSnapshotStaysAsItIs() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      Snapshot snapshot = store.snapshot();
      put(store, 2);
      assertNull(snapshot.get(TREE, key(2)));
      assertEquals(1, snapshot.estimateCount(TREE, null, null));
      assertNotSame(root(snapshot), borrowedRoot(store));
    }
  }

  @Test
  void aBorrowedOneStaysAsItIsUntilAllHaveGivenItBack() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      Snapshot first = store.borrow();
      Snapshot second = store.borrow();
      store.giveBack(first);
      put(store, 2);
      assertNull(second.get(TREE, key(2)));
      store.giveBack(second);
      Page before = borrowedRoot(store);
      put(store, 3);
      assertSame(before, borrowedRoot(store));
    }
  }

  @Test
  void whatWasBorrowedAndKeptIsKept() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      Snapshot borrowed = store.borrow();
      Snapshot kept = store.snapshot();
      store.giveBack(borrowed);
      put(store, 2);
      assertNull(kept.get(TREE, key(2)));
    }
  }

  @Test
  void aForkKeepsWhatItBeganWith() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      try (Store fork = store.fork()) {
        put(store, 2);
        put(store, 3);
        assertEquals(1, fork.entryCount(TREE));
        assertNull(fork.snapshot().get(TREE, key(3)));
        put(fork, 4);
        put(fork, 5);
        assertEquals(3, fork.entryCount(TREE));
        assertNull(store.snapshot().get(TREE, key(5)));
        assertEquals(3, store.entryCount(TREE));
      }
    }
  }

  @Test
  void aBatchThatCannotBeDoneInPlaceIsDoneAsAWhole() {
    try (Store store = Stores.inMemory()) {
      put(store, 1);
      put(store, 2);
      WriteBatch batch = new WriteBatch();
      batch.put(TREE, key(3), key(3));
      batch.put(TREE + 1, key(3), new byte[100_000]);
      store.commit(batch, CommitDurability.SYNCED);
      assertEquals(3, store.entryCount(TREE));
      assertEquals(1, store.entryCount(TREE + 1));
      put(store, 4);
      assertEquals(4, store.entryCount(TREE));
      TreeInvariants.check(store.snapshot());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512, 4096})
  void agreesWithTheModelWhoeverLooks(int pageBytes) {
    long seed = SeededRandom.seed(pageBytes);
    SeededRandom random = new SeededRandom(seed);
    ModelStore model = new ModelStore();
    RandomBatches batches = new RandomBatches(random, 2000, 5000);
    List<Snapshot> snapshots = new ArrayList<>();
    List<ModelStore> models = new ArrayList<>();
    Store store = Stores.inMemory(pageBytes);
    try {
      for (int step = 0; step < 8000; step++) {
        WriteBatch batch = random.oneIn(4) ? batches.next() : small(random, step);
        model.apply(batch);
        store.commit(batch, CommitDurability.SYNCED);
        if (random.oneIn(200)) {
          snapshots.add(random.oneIn(2) ? store.snapshot() : store.borrow());
          models.add(model.copy());
        } else if (random.oneIn(5)) {
          Snapshot borrowed = store.borrow();
          StoreAssertions.assertSameAt(model.tree(101), borrowed, 101, batches.key());
          store.giveBack(borrowed);
        } else if (random.oneIn(300)) {
          store = store.fork();
        }
      }
      StoreAssertions.assertSame(model, store.snapshot());
      TreeInvariants.check(store.snapshot());
      for (int i = 0; i < snapshots.size(); i++) {
        StoreAssertions.assertSame(models.get(i), snapshots.get(i));
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", pages of " + pageBytes, e);
    } finally {
      store.close();
    }
  }

  /** A row and its index entries, one put a tree. */
  private static WriteBatch small(SeededRandom random, int step) {
    WriteBatch batch = new WriteBatch();
    for (int tree = 1; tree <= 1 + random.below(3) * 100; tree += 100) {
      int at = random.oneIn(2) ? step : random.below(2000);
      batch.put(tree, key(at), random.bytes(random.below(random.oneIn(30) ? 300 : 20)));
    }
    return batch;
  }

  @Test
  void readersSeeWholeCommitsOnly() throws InterruptedException {
    try (Store store = Stores.inMemory()) {
      WholeCommits.run(store, 40_000);
    }
  }

  private static Page borrowedRoot(Store store) {
    Snapshot borrowed = store.borrow();
    try {
      return root(borrowed);
    } finally {
      store.giveBack(borrowed);
    }
  }

  private static Page root(Snapshot snapshot) {
    TreeRoot root = ((Version) snapshot).roots.get(TREE);
    if (root == null) {
      throw new AssertionError("no tree");
    }
    return root.page();
  }

  private static void put(Store store, int n) {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, key(n), key(n));
    store.commit(batch, CommitDurability.SYNCED);
  }

  private static byte[] key(int n) {
    return ByteBuffer.allocate(4).putInt(n).array();
  }
}
