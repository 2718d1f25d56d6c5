package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.environment.Clock;
import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomSource;
import io.vaquita.environment.ThreadStarter;
import io.vaquita.error.DatabaseException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits of puts on files that change the pages of a version that is nobody's: when they may, and that nobody ever sees them do it. */
class InPlaceOnFilesTest {
  private static final int TREE = 16;
  private static final Path DIRECTORY = Path.of("/simulated");

  private final SimulatedFileSystem disk = new SimulatedFileSystem(1);

  /** What happens while the next commit is being logged. */
  private Runnable meanwhile = () -> {};

  private FileStore open(StoreOptions options) {
    return (FileStore) Stores.open(DIRECTORY, options, new Meddling());
  }

  private FileStore open() {
    return open(new StoreOptions(512, 400_000, 1 << 18, 1 << 20, 1 << 20, 1000, null));
  }

  @Test
  void aVersionThatIsNobodysIsChanged() {
    try (Store store = open()) {
      put(store, 1, 1);
      Page before = borrowedRoot(store);
      put(store, 2, 2);
      put(store, 1, 3);
      assertSame(before, borrowedRoot(store));
      assertEquals(2, store.entryCount(TREE));
      assertEquals(3, store.position());
      assertArrayEquals(number(3), store.snapshot().get(TREE, number(1)));
    }
  }

  @Test
  void aSnapshotStaysAsItIs() {
    try (Store store = open()) {
      put(store, 1, 1);
      Snapshot snapshot = store.snapshot();
      put(store, 2, 2);
      put(store, 1, 3);
      assertArrayEquals(number(1), snapshot.get(TREE, number(1)));
      assertNull(snapshot.get(TREE, number(2)));
      assertEquals(1, snapshot.estimateCount(TREE, null, null));
    }
  }

  @Test
  void aBorrowedOneStaysAsItIsUntilAllHaveGivenItBack() {
    try (Store store = open()) {
      put(store, 1, 1);
      Snapshot first = store.borrow();
      Snapshot second = store.borrow();
      store.giveBack(first);
      put(store, 2, 2);
      assertNull(second.get(TREE, number(2)));
      store.giveBack(second);
      Page before = borrowedRoot(store);
      put(store, 3, 3);
      assertSame(before, borrowedRoot(store));
    }
  }

  /** It is not the newest one any more when it is looked at, but its pages are the newest one's too. */
  @Test
  void anOlderSnapshotStaysAsItIs() {
    try (Store store = open()) {
      for (int i = 0; i < 100; i++) {
        put(store, i, i);
      }
      Snapshot borrowed = store.borrow();
      put(store, 200, 200);
      put(store, 50, 51);
      put(store, 201, 201);
      assertArrayEquals(number(50), borrowed.get(TREE, number(50)));
      assertEquals(100, borrowed.estimateCount(TREE, null, null));
      TreeInvariants.check(borrowed);
      TreeInvariants.check(store.snapshot());
    }
  }

  @Test
  void whoeverLooksWhileACommitIsLoggedSeesWhatWasBefore() {
    try (Store store = open()) {
      for (int i = 0; i < 100; i++) {
        put(store, i, i);
      }
      List<Snapshot> seen = new ArrayList<>();
      meanwhile = () -> seen.add(store.snapshot());
      put(store, 50, 51);
      put(store, 200, 200);
      assertArrayEquals(number(50), seen.get(0).get(TREE, number(50)));
      assertArrayEquals(number(51), seen.get(1).get(TREE, number(50)));
      assertEquals(100, seen.get(1).estimateCount(TREE, null, null));
      assertEquals(101, store.snapshot().estimateCount(TREE, null, null));
      assertArrayEquals(number(200), store.snapshot().get(TREE, number(200)));
      TreeInvariants.check(seen.get(1));
      TreeInvariants.check(store.snapshot());
    }
  }

  @Test
  void whatACheckpointWritesWhileACommitIsLoggedIsWithoutIt() {
    try (FileStore store = open()) {
      put(store, 1, 1);
      put(store, 2, 2);
      meanwhile = store::checkpoint;
      put(store, 3, 3);
      meanwhile = () -> {};
      assertEquals(3, store.snapshot().estimateCount(TREE, null, null));
      put(store, 2, 4);
    }
    try (FileStore store = open()) {
      assertArrayEquals(number(4), store.snapshot().get(TREE, number(2)));
      assertArrayEquals(number(3), store.snapshot().get(TREE, number(3)));
    }
  }

  @Test
  void whatACheckpointHasWrittenStaysAsItIs() {
    try (FileStore store = open()) {
      put(store, 1, 1);
      store.checkpoint();
      Page before = borrowedRoot(store);
      put(store, 2, 2);
      assertNotSame(before, borrowedRoot(store));
      Page after = borrowedRoot(store);
      put(store, 3, 3);
      assertSame(after, borrowedRoot(store));
    }
  }

  @Test
  void aCommitThatTheLogDoesNotTakeChangesNothing() {
    FileStore store = open();
    put(store, 1, 1);
    put(store, 2, 2);
    disk.failAt(SimulatedFileSystem.Fault.SYNC, disk.steps() + 1);
    assertThrows(DatabaseException.class, () -> put(store, 1, 9));
    assertThrows(DatabaseException.class, () -> put(store, 3, 9));
    assertArrayEquals(number(1), store.snapshot().get(TREE, number(1)));
    assertNull(store.snapshot().get(TREE, number(3)));
    assertEquals(2, store.snapshot().estimateCount(TREE, null, null));
  }

  /** As for want of memory: the books cannot be kept once the version that is to be changed was taken away from its readers. */
  @Test
  void aPublicationThatFailsLeavesTheVersionThatWas() {
    PageSizes sizes = PageSizes.of(512);
    LogPoint end = new LogPoint(1, LogFormat.SEGMENT_HEADER, false);
    VersionChain chain =
        new VersionChain(
            TreeRoots.EMPTY, 0, PageSource.NONE, end, new PageCache(1 << 20, 512, () -> 0));
    for (int n = 1; n < 4; n++) {
      GroupLedger ledger = new GroupLedger(Long.MAX_VALUE);
      VersionEditor editor =
          new VersionEditor(chain.newest(), sizes, n, ledger, chain.frozenGeneration());
      WriteBatch batch = new WriteBatch();
      batch.put(TREE, number(n), number(n));
      batch.put(TREE, number(1), number(n));
      editor.apply(SortedPuts.of(List.of(batch)), ledger);
      Version before = chain.newest();
      if (n == 2) {
        ledger.replaced.add(null);
        int generation = n;
        assertThrows(
            NullPointerException.class,
            () -> chain.publish(editor, generation, generation, ledger, end));
        assertSame(before, chain.newest());
        assertEquals(1, before.entryCount(TREE));
        Version read = chain.borrowed();
        assertArrayEquals(number(1), read.get(TREE, number(1)));
        assertNull(read.get(TREE, number(2)));
        TreeInvariants.check(read);
        read.giveBack();
      } else {
        chain.publish(editor, n, n, ledger, end);
      }
    }
    Version last = chain.kept();
    assertArrayEquals(number(3), last.get(TREE, number(1)));
    assertArrayEquals(number(3), last.get(TREE, number(3)));
    assertEquals(2, last.entryCount(TREE));
    TreeInvariants.check(last);
  }

  @Test
  void theLastOfSeveralPutsOfAKeyCounts() {
    try (Store store = open()) {
      put(store, 5, 5);
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < 4; i++) {
        batch.put(TREE, number(1), new byte[1 + i * 20]);
        batch.put(TREE, number(5), new byte[80 - i * 20]);
      }
      store.commit(batch, CommitDurability.SYNCED);
      assertArrayEquals(new byte[61], store.snapshot().get(TREE, number(1)));
      assertArrayEquals(new byte[20], store.snapshot().get(TREE, number(5)));
      assertEquals(2, store.entryCount(TREE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512, 4096})
  void agreesWithTheModelWhoeverLooks(int pageBytes) {
    long seed = SeededRandom.seed(pageBytes);
    SeededRandom random = new SeededRandom(seed);
    StoreOptions options =
        new StoreOptions(pageBytes, 200_000, 1 << 16, 60_000, 1 << 20, 1000, null);
    ModelStore model = new ModelStore();
    RandomBatches batches = new RandomBatches(random, 2000, 2000);
    List<Snapshot> snapshots = new ArrayList<>();
    List<ModelStore> models = new ArrayList<>();
    try {
      for (int round = 0; round < 3; round++) {
        try (FileStore store = open(options)) {
          snapshots.clear();
          models.clear();
          meanwhile =
              () -> {
                if (random.oneIn(50)) {
                  snapshots.add(store.snapshot());
                  models.add(model.copy());
                }
              };
          for (int step = 0; step < 1500; step++) {
            WriteBatch batch = random.oneIn(4) ? batches.next() : puts(random, step);
            store.commit(batch, CommitDurability.values()[random.below(3)]);
            model.apply(batch);
            if (random.oneIn(100)) {
              snapshots.add(random.oneIn(2) ? store.snapshot() : store.borrow());
              models.add(model.copy());
            } else if (random.oneIn(5)) {
              Snapshot borrowed = store.borrow();
              StoreAssertions.assertSameAt(model.tree(101), borrowed, 101, batches.key());
              store.giveBack(borrowed);
            } else if (random.oneIn(100)) {
              store.checkpoint();
            }
          }
          meanwhile = () -> {};
          StoreAssertions.assertSame(model, store.snapshot());
          TreeInvariants.check(store.snapshot());
          for (int i = 0; i < snapshots.size(); i++) {
            StoreAssertions.assertSame(models.get(i), snapshots.get(i));
          }
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", pages of " + pageBytes, e);
    }
  }

  private static WriteBatch puts(SeededRandom random, int step) {
    WriteBatch batch = new WriteBatch();
    for (int i = random.oneIn(5) ? random.below(100) : random.below(4); i >= 0; i--) {
      int at = random.oneIn(2) ? step : random.below(2000);
      byte[] value = random.bytes(random.below(random.oneIn(30) ? 300 : 20));
      batch.put(1 + random.below(3) * 100, number(at), value);
    }
    return batch;
  }

  @Test
  void readersSeeWholeCommitsOnly() throws InterruptedException {
    try (FileStore store =
        open(new StoreOptions(512, 200_000, 1 << 16, 100_000, 1 << 20, 1000, null))) {
      WholeCommits.run(store, 5000);
    }
  }

  private static Page borrowedRoot(Store store) {
    Snapshot borrowed = store.borrow();
    try {
      TreeRoot root = ((Version) borrowed).roots.get(TREE);
      if (root == null) {
        throw new AssertionError("no tree");
      }
      return root.page();
    } finally {
      store.giveBack(borrowed);
    }
  }

  private static void put(Store store, int key, int value) {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, number(key), number(value));
    store.commit(batch, CommitDurability.SYNCED);
  }

  private static byte[] number(int n) {
    return ByteBuffer.allocate(4).putInt(n).array();
  }

  /** The log asks for the time when a commit is applied and not yet visible: the moment for others to come in between. */
  private final class Meddling implements Environment {
    private final Environment real = new SimulatedEnvironment(disk, true);

    @Override
    public Clock clock() {
      return new Clock() {
        @Override
        public long wallMicros() {
          meanwhile.run();
          return real.clock().wallMicros();
        }

        @Override
        public long monotonicNanos() {
          return real.clock().monotonicNanos();
        }
      };
    }

    @Override
    public FileSystem files() {
      return real.files();
    }

    @Override
    public RandomSource random() {
      return real.random();
    }

    @Override
    public ThreadStarter threads() {
      return real.threads();
    }
  }
}
