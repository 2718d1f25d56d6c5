package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Environment ENVIRONMENT = Environment.system();

  @TempDir Path parent;

  private StoreOptions options() {
    return new StoreOptions(
        512, 400_000, 1 << 16, 100_000, 1 << 24, 1000, parent.resolve("archive"));
  }

  @Test
  void aBackupIsAMomentAndTheLogLeadsOnToAnyLaterOne() {
    SeededRandom random = new SeededRandom(SeededRandom.seed(21));
    RandomBatches batches = new RandomBatches(random, 1000, 5000);
    List<ModelStore> models = new ArrayList<>();
    ModelStore model = new ModelStore();
    models.add(model.copy());
    Path data = parent.resolve("data");
    Path backup = parent.resolve("backup");
    long taken = 0;
    try (Store store = Stores.open(data, options(), ENVIRONMENT)) {
      while (models.size() < 400) {
        WriteBatch batch = batches.next();
        if (batch.isEmpty()) {
          continue;
        }
        model.apply(batch);
        models.add(model.copy());
        store.commit(batch, CommitDurability.WRITTEN);
        if (models.size() == 150) {
          taken = Stores.backup(store, backup, ENVIRONMENT);
        }
      }
    }
    assertEquals(149, taken);
    assertEquals(List.of(), Stores.check(backup, ENVIRONMENT).problems());
    for (long until : new long[] {149, 150, 237, 399}) {
      Path restored = parent.resolve("restored-" + until);
      long reached =
          Stores.restore(
              backup,
              List.of(parent.resolve("archive"), data),
              restored,
              new ReplayBound(until, Long.MAX_VALUE),
              ENVIRONMENT);
      assertEquals(until, reached);
      try (Store store = Stores.open(restored, options().withLogArchive(null), ENVIRONMENT)) {
        StoreAssertions.assertSame(models.get((int) until), store.snapshot());
      }
      StoreCheck check = Stores.check(restored, ENVIRONMENT);
      assertEquals(List.of(), check.problems());
      assertNotEquals(Stores.check(backup, ENVIRONMENT).instance(), check.instance());
    }
  }

  /** What a restored store goes on with is another history: the segments of the first one cannot be laid over it. */
  @Test
  void aRestoredStoreRefusesTheLogOfItsOrigin() throws Exception {
    Path data = parent.resolve("data");
    Path backup = parent.resolve("backup");
    List<Path> logs = List.of(parent.resolve("archive"), data);
    StoreOptions options = options().withLogArchive(null);
    try (Store store = Stores.open(data, options(), ENVIRONMENT)) {
      put(store, 1);
      Stores.backup(store, backup, ENVIRONMENT);
      put(store, 2);
      put(store, 3);
    }
    Path restored = parent.resolve("restored");
    ReplayBound first = new ReplayBound(2, Long.MAX_VALUE);
    assertEquals(2, Stores.restore(backup, logs, restored, first, ENVIRONMENT));
    try (Store store = Stores.open(restored, options, ENVIRONMENT)) {
      put(store, 9);
    }
    for (int n = 4; n < 12; n++) {
      // Each of these takes a segment of its own: their numbers pass those of the restored store.
      try (Store store = Stores.open(data, options(), ENVIRONMENT)) {
        put(store, n);
      }
    }
    Path again = parent.resolve("again");
    ReplayBound all = new ReplayBound(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThrows(
        DatabaseException.class, () -> Stores.restore(restored, logs, again, all, ENVIRONMENT));
    try (Store store = Stores.open(restored, options, ENVIRONMENT)) {
      assertEquals(3, store.position());
      assertNotNull(store.snapshot().get(16, new byte[] {9}));
    }
  }

  /** Further checks look at the database as recovery would leave it, also behind commits that have no end. */
  @Test
  void aCheckComparesWhatTheLogHas() {
    SimulatedFileSystem disk = new SimulatedFileSystem(5);
    SimulatedEnvironment environment = new SimulatedEnvironment(disk);
    Path data = Path.of("/data");
    Store store = Stores.open(data, options().withLogArchive(null), environment);
    put(store, 1);
    ((FileStore) store).checkpoint();
    put(store, 2);
    put(store, 3);
    SimulatedEnvironment killed = new SimulatedEnvironment(disk.afterKill());
    List<Long> seen = new ArrayList<>();
    StoreCheck check =
        Stores.check(
            data,
            killed,
            (read, all) -> {},
            (snapshot, limit) -> {
              seen.add(snapshot.position());
              seen.add(snapshot.entryCount(16));
              return List.of("as asked");
            });
    assertEquals(List.of(3L, 3L), seen);
    assertEquals(List.of("as asked"), check.problems());
    assertEquals(1, check.checkpointPosition());
    assertEquals(2, check.logCommits());
    assertEquals(3, check.comparedPosition());
    assertThrows(DatabaseException.class, store::close);
  }

  @Test
  void aBackupByItselfIsAStore() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    Path data = Path.of("/data");
    StoreOptions options = options().withLogArchive(null);
    Path backup = parent.resolve("backup");
    try (FileStore store = (FileStore) Stores.open(data, options, new SimulatedEnvironment(disk))) {
      put(store, 1);
      store.backup(backup, ENVIRONMENT.files(), () -> {});
      put(store, 2);
    }
    try (Store store = Stores.open(backup, options, ENVIRONMENT)) {
      assertEquals(1, store.snapshot().entryCount(16));
      put(store, 3);
      put(store, 4);
    }
    try (Store store = Stores.open(backup, options, ENVIRONMENT)) {
      assertEquals(3, store.snapshot().entryCount(16));
    }
  }

  @Test
  void compactionMovesPagesIntoFreePlacesAndTheFileShrinks() {
    Path data = parent.resolve("data");
    StoreOptions options = options().withLogArchive(null);
    ModelStore model = new ModelStore();
    try (Store store = Stores.open(data, options, ENVIRONMENT)) {
      for (int tree = 16; tree < 20; tree++) {
        for (int i = 0; i < 40; i++) {
          WriteBatch batch = new WriteBatch();
          for (int k = 0; k < 25; k++) {
            batch.put(tree, new byte[] {(byte) i, (byte) k}, new byte[k == 3 ? 2000 : 80]);
          }
          model.apply(batch);
          store.commit(batch, CommitDurability.WRITTEN);
        }
      }
      ((FileStore) store).checkpoint();
      long before = sizeOf(data);
      WriteBatch batch = new WriteBatch();
      batch.clearTree(16);
      batch.clearTree(18);
      model.apply(batch);
      store.commit(batch, CommitDurability.SYNCED);
      // Places come back when the collector has seen that no old version holds them: as often as it
      // takes.
      long wanted = before * 6 / 10;
      for (int round = 0; round < 60 && sizeOf(data) >= wanted; round++) {
        store.compact();
        StoreAssertions.assertSame(model, store.snapshot());
      }
      assertTrue(sizeOf(data) < wanted, "from " + before + " to " + sizeOf(data));
    }
    assertEquals(List.of(), Stores.check(data, ENVIRONMENT).problems());
  }

  private static long sizeOf(Path data) {
    return data.resolve(PageFile.NAME).toFile().length();
  }

  private static void put(Store store, int n) {
    WriteBatch batch = new WriteBatch();
    batch.put(16, new byte[] {(byte) n}, new byte[30]);
    store.commit(batch, CommitDurability.SYNCED);
  }
}
