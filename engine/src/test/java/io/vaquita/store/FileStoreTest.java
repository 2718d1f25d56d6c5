package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
  @TempDir Path directory;

  private static StoreOptions small(int pageBytes) {
    return new StoreOptions(pageBytes, 400_000, 1 << 18, 500_000, 1 << 24, 1000, null);
  }

  private Store open(StoreOptions options) {
    return Stores.open(directory, options, Environment.system());
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 1024, 8192})
  void agreesWithTheModelThroughCheckpointsEvictionsAndRestarts(int pageBytes) {
    long seed = SeededRandom.seed(pageBytes);
    SeededRandom random = new SeededRandom(seed);
    ModelStore model = new ModelStore();
    RandomBatches batches = new RandomBatches(random, 5000, 40_000);
    try {
      for (int round = 0; round < 4; round++) {
        try (Store store = open(small(pageBytes))) {
          StoreAssertions.assertSame(model, store.snapshot());
          Snapshot old = store.snapshot();
          ModelStore oldModel = model.copy();
          for (int step = 0; step < 600; step++) {
            WriteBatch batch = batches.next();
            model.apply(batch);
            store.commit(batch, CommitDurability.values()[random.below(3)]);
            if (random.oneIn(150)) {
              ((FileStore) store).checkpoint();
            }
            StoreAssertions.assertSameAt(model.tree(101), store.snapshot(), 101, batches.key());
          }
          StoreAssertions.assertSame(model, store.snapshot());
          TreeInvariants.check(store.snapshot());
          StoreAssertions.assertSame(oldModel, old);
        }
        assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", pages of " + pageBytes, e);
    }
  }

  @Test
  void dataManyTimesTheCacheIsReadBack() {
    int rows = 40_000;
    try (Store store = open(small(4096))) {
      for (int i = 0; i < rows; i += 200) {
        WriteBatch batch = new WriteBatch();
        for (int k = i; k < i + 200; k++) {
          batch.put(16, key(k), new byte[100]);
        }
        store.commit(batch, CommitDurability.WRITTEN);
      }
    }
    try (Store store = open(small(4096))) {
      assertEquals(rows, store.snapshot().entryCount(16));
      Cursor cursor = store.snapshot().cursor(16);
      int count = 0;
      for (boolean has = cursor.first(); has; has = cursor.next()) {
        assertEquals(count, ByteBuffer.wrap(cursor.keyArray(), cursor.keyOffset(), 8).getLong());
        count++;
      }
      assertEquals(rows, count);
    }
  }

  @Test
  void spaceOfDeletedRowsIsUsedAgain() {
    try (Store store = open(small(4096))) {
      for (int round = 0; round < 3; round++) {
        WriteBatch batch = new WriteBatch();
        for (int k = 0; k < 3000; k++) {
          batch.put(16, key(k), new byte[500]);
        }
        batch.put(16, key(9999), new byte[100_000]);
        store.commit(batch, CommitDurability.SYNCED);
        ((FileStore) store).checkpoint();
        batch = new WriteBatch();
        batch.clearTree(16);
        store.commit(batch, CommitDurability.SYNCED);
        ((FileStore) store).checkpoint();
        assertEquals(0, store.snapshot().entryCount(16));
      }
    }
    // Now no version can be held any more: the first checkpoint moves its own pages to the front,
    // the next one cuts the tail off.
    for (int i = 0; i < 2; i++) {
      try (Store store = open(small(4096))) {
        ((FileStore) store).checkpoint();
      }
    }
    assertTrue(
        directory.resolve(PageFile.NAME).toFile().length() < 100_000, "the file did not shrink");
  }

  /** What is left of nine tenths of the rows, one by one deleted, is used for others: the file does not grow again. */
  @Test
  void spaceOfRowsDeletedOneByOneIsUsedAgain() {
    Path file = directory.resolve(PageFile.NAME);
    StoreOptions options = small(4096);
    try (Store store = open(options)) {
      store.commit(everyRow(40_000, 100));
    }
    long full = file.toFile().length();
    try (Store store = open(options)) {
      for (int k = 0; k < 40_000; k += 1000) {
        WriteBatch batch = new WriteBatch();
        for (int i = k; i < k + 1000; i++) {
          if (i % 10 != 0) {
            batch.delete(16, key(i));
          }
        }
        store.commit(batch, CommitDurability.WRITTEN);
      }
      assertEquals(4000, store.snapshot().entryCount(16));
      assertTrue(TreeInvariants.check(store.snapshot()) > 0.25, "sparse pages were not merged");
    }
    // Now no snapshot can be held: the rows that are left, and as many as went, fit where they
    // were.
    for (int round = 0; round < 2; round++) {
      try (Store store = open(options)) {
        ((FileStore) store).checkpoint();
        assertTrue(Stores.checkTree(store.snapshot(), 16).isEmpty());
      }
    }
    StoreCheck check = Stores.check(directory, Environment.system());
    assertEquals(List.of(), check.problems());
    assertTrue(check.fileBytes() - check.freeBytes() < full / 4, "the space did not come back");
    try (Store store = open(options)) {
      store.compact();
    }
    assertTrue(
        file.toFile().length() < full / 2, "the file did not shrink: " + file.toFile().length());
  }

  /** A step moves what an eighth of the cache holds, and most steps leave the file's last page where it is. */
  @Test
  void aFileOfManyTimesTheCacheBecomesShort() {
    Path file = directory.resolve(PageFile.NAME);
    StoreOptions options = small(1024).withPageCacheBytes(1 << 20);
    SeededRandom random = new SeededRandom(SeededRandom.seed(31));
    long length;
    try (Store store = open(options)) {
      for (int k = 0; k < 40_000; k += 500) {
        WriteBatch batch = new WriteBatch();
        for (int i = k; i < k + 500; i++) {
          batch.put(16 + random.below(3), key(i), new byte[150]);
        }
        store.commit(batch, CommitDurability.WRITTEN);
      }
      for (int tree = 16; tree < 19; tree++) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < 10; i++) {
          batch.deleteRange(tree, key(i * 4000), key(i * 4000 + 2000));
        }
        store.commit(batch, CommitDurability.WRITTEN);
      }
      ((FileStore) store).checkpoint();
      store.compact();
      length = file.toFile().length();
    }
    StoreCheck check = Stores.check(directory, Environment.system());
    assertEquals(List.of(), check.problems());
    long used = check.fileBytes() - check.freeBytes();
    assertTrue(length < used * 5 / 4, length + " bytes of file, of which are used " + used);
  }

  @Test
  void temporaryFilesOfAProcessThatWasKilledGo() throws IOException {
    open(small(4096)).close();
    Path left = directory.resolve("temporary-1f");
    Files.write(left, new byte[100]);
    open(small(4096)).close();
    assertFalse(Files.exists(left));
  }

  @Test
  void statisticsTellWhatWasDone() {
    try (Store store = open(small(4096))) {
      for (int i = 0; i < 10; i++) {
        WriteBatch batch = new WriteBatch();
        batch.put(16, key(i), new byte[100]);
        store.commit(batch, CommitDurability.SYNCED);
      }
      ((FileStore) store).checkpoint();
      StoreStatistics statistics = store.statistics();
      assertEquals(10, statistics.commits());
      assertEquals(10, statistics.logSyncs());
      assertEquals(10, statistics.checkpointPosition());
      assertTrue(statistics.pagesWritten() > 0);
      assertEquals(0, statistics.dirtyBytes());
    }
  }

  @Test
  void everyUnitOfTheFileCanBeDescribed() {
    try (Store store = open(small(512))) {
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < 100; i++) {
        batch.put(16, key(i), new byte[i == 50 ? 5000 : 40]);
      }
      store.commit(batch, CommitDurability.SYNCED);
    }
    StringBuilder all = new StringBuilder();
    for (int unit = 0; unit < directory.resolve(PageFile.NAME).toFile().length() / 512; unit++) {
      all.append(Stores.describePage(directory, unit, Environment.system())).append('\n');
    }
    for (String part :
        new String[] {
          "tree 16, leaf",
          "tree 16, branch",
          "tree 0, leaf",
          "value at",
          "5000 bytes at",
          "chunk of",
          "index of",
          "checkpoint=2"
        }) {
      assertTrue(all.indexOf(part) >= 0, part + " is not in\n" + all);
    }
  }

  @Test
  void oneProcessADirectory() {
    try (Store store = open(small(4096))) {
      DatabaseException e = assertThrows(DatabaseException.class, () -> open(small(4096)));
      assertEquals(1015, e.number());
      assertEquals(0, store.position());
    }
  }

  /** Two hundred thousand rows through a cache of a hundred pages: pages are written before the commit, and read again. */
  @Test
  void aCommitLargerThanTheCacheIsOneCommit() {
    int rows = 200_000;
    StoreOptions options = small(4096);
    try (Store store = open(options)) {
      Snapshot before = store.snapshot();
      store.commit(everyRow(rows, 40));
      assertEquals(0, before.entryCount(16));
      assertEquals(rows, store.snapshot().entryCount(16));
      assertTrue(store.statistics().cachedBytes() <= options.pageCacheBytes());
      // All of them again, scattered, in one more commit; not closed, so that the log tells it
      // again.
      store.commit(everyRow(rows, 41));
    }
    try (Store store = open(options)) {
      assertEquals(rows, store.snapshot().entryCount(16));
      assertEquals(41, store.snapshot().get(16, key(77)).length);
      assertEquals(List.of(), Stores.checkTree(store.snapshot(), 16));
    }
    assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
  }

  /** Checkpoints of such a load rewrite all pages again and again: a file several times too long would stay. */
  @ParameterizedTest
  @ValueSource(ints = {256, 4096})
  void aLoadInRandomOrderLeavesAShortFile(int pageBytes) {
    int rows = 20_000;
    Snapshot old;
    try (Store store = open(small(pageBytes))) {
      for (int i = 0; i < rows; i += 100) {
        WriteBatch batch = new WriteBatch();
        for (int k = i; k < i + 100; k++) {
          batch.put(16, key(k * 7919L % rows), new byte[60]);
        }
        store.commit(batch, CommitDurability.WRITTEN);
        if (i % 5000 == 0) {
          ((FileStore) store).checkpoint();
        }
      }
      old = store.snapshot();
      WriteBatch last = new WriteBatch();
      last.put(16, key(rows), new byte[60]);
      store.commit(last, CommitDurability.WRITTEN);
    }
    StoreCheck check = Stores.check(directory, Environment.system());
    assertEquals(List.of(), check.problems());
    assertEquals(rows + 1, check.entries());
    long length = directory.resolve(PageFile.NAME).toFile().length();
    long used = check.fileBytes() - check.freeBytes();
    assertTrue(length < used * 1.4, length + " bytes for " + used);
    // Its places are gone: who still has it is told, and never served what stands there now.
    assertThrows(DatabaseException.class, () -> countOf(old));
  }

  private static int countOf(Snapshot snapshot) {
    int n = 0;
    Cursor cursor = snapshot.cursor(16);
    for (boolean has = cursor.first(); has; has = cursor.next()) {
      n++;
    }
    return n;
  }

  /** Rows in an order that is not that of their keys. */
  private static ChangeStream everyRow(int rows, int valueBytes) {
    int[] at = {0};
    return () -> {
      WriteBatch piece = new WriteBatch();
      while (at[0] < rows && !piece.isFull()) {
        piece.put(16, key(at[0]++ * 7919L % rows), new byte[valueBytes]);
      }
      return piece.isEmpty() ? null : piece;
    };
  }

  @Test
  void aStreamThatFailsLeavesNothingBehind() {
    try (Store store = open(small(1024))) {
      WriteBatch first = new WriteBatch();
      first.put(16, key(1), key(1));
      store.commit(first, CommitDurability.WRITTEN);
      ChangeStream rows = everyRow(50_000, 100);
      int[] pieces = {0};
      ChangeStream failing =
          () -> {
            if (pieces[0]++ == 40) {
              throw new IllegalArgumentException("the stream ends here");
            }
            return rows.next();
          };
      assertThrows(IllegalArgumentException.class, () -> store.commit(failing));
      assertEquals(1, store.snapshot().entryCount(16));
      WriteBatch second = new WriteBatch();
      second.put(16, key(2), key(2));
      assertEquals(2, store.commit(second, CommitDurability.SYNCED));
    }
    StoreCheck check = Stores.check(directory, Environment.system());
    assertEquals(List.of(), check.problems());
    assertEquals(2, check.entries());
  }

  @Test
  void manyThreadsCommitAndEachSeesItsOwn() throws InterruptedException {
    try (Store store = open(small(1024))) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int thread = t;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    WriteBatch batch = new WriteBatch();
                    byte[] key = ByteBuffer.allocate(8).putInt(thread).putInt(i).array();
                    batch.put(16, key, new byte[200]);
                    store.commit(batch, CommitDurability.SYNCED);
                    if (store.snapshot().get(16, key) == null) {
                      throw new AssertionError("a commit is not visible after its return");
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(1600, store.position());
    }
    try (Store store = open(small(1024))) {
      assertEquals(1600, store.snapshot().entryCount(16));
      assertEquals(1600, store.position());
    }
  }

  @Test
  void aForkOutlivesLaterCommits() {
    try (Store store = open(small(1024))) {
      WriteBatch batch = new WriteBatch();
      for (int k = 0; k < 2000; k++) {
        batch.put(16, key(k), key(k));
      }
      store.commit(batch, CommitDurability.SYNCED);
      ((FileStore) store).checkpoint();
      try (Store fork = store.fork()) {
        WriteBatch change = new WriteBatch();
        change.clearTree(16);
        store.commit(change, CommitDurability.SYNCED);
        ((FileStore) store).checkpoint();
        ((FileStore) store).checkpoint();
        WriteBatch own = new WriteBatch();
        own.put(16, key(77), new byte[] {1});
        fork.commit(own, CommitDurability.SYNCED);
        assertEquals(2000, fork.snapshot().entryCount(16));
        assertArrayEquals(key(78), fork.snapshot().get(16, key(78)));
        assertArrayEquals(new byte[] {1}, fork.snapshot().get(16, key(77)));
      }
    }
  }

  private static byte[] key(long k) {
    return ByteBuffer.allocate(8).putLong(k).array();
  }
}
