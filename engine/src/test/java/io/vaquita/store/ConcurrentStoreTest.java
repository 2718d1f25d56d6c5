package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.environment.Environment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers move amounts between accounts while readers add up all of them in snapshots new and old, under a cache far too small, with
 * checkpoints, evictions and compaction going on: the sum never changes.
 */
class ConcurrentStoreTest {
  private static final int ACCOUNTS = 4000;
  private static final int TREE = 20;
  private static final int LARGE = 3000;
  private static final int TRANSFERS = Integer.getInteger("vaquita.transfers", 120);

  @TempDir Path directory;

  @Test
  void everySnapshotIsWhole() throws InterruptedException {
    StoreOptions options = new StoreOptions(512, 120_000, 1 << 16, 60_000, 1 << 24, 1000, null);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean isDone = new AtomicBoolean();
    try (Store store = Stores.open(directory, options, Environment.system())) {
      fill(store);
      List<Thread> writers = new ArrayList<>();
      AtomicIntegerArray busy = new AtomicIntegerArray(ACCOUNTS);
      for (int w = 0; w < 3; w++) {
        long seed = SeededRandom.seed(w);
        writers.add(start(failures, () -> transfer(store, busy, seed)));
      }
      List<Thread> others = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        long seed = SeededRandom.seed(100 + r);
        others.add(start(failures, () -> read(store, isDone, seed)));
      }
      others.add(
          start(
              failures,
              () -> {
                while (!isDone.get()) {
                  store.compact();
                }
              }));
      for (Thread t : writers) {
        t.join();
      }
      isDone.set(true);
      for (Thread t : others) {
        t.join();
      }
      assertEquals(List.of(), List.copyOf(failures));
      checkSum(store.snapshot());
    }
    assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
    try (Store store = Stores.open(directory, options, Environment.system())) {
      checkSum(store.snapshot());
    }
  }

  private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Runnable work) {
    return Thread.startVirtualThread(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            e.printStackTrace();
            failures.add(e);
          }
        });
  }

  private static void fill(Store store) {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < ACCOUNTS; i++) {
      batch.put(TREE, key(i), value(100, i));
    }
    store.commit(batch, CommitDurability.SYNCED);
  }

  /** Accounts are taken for the time of a transfer: the store itself knows no conflicts. */
  private static void transfer(Store store, AtomicIntegerArray busy, long seed) {
    SeededRandom random = new SeededRandom(seed);
    for (int n = 0; n < TRANSFERS; n++) {
      int from = random.below(ACCOUNTS);
      int to = random.below(ACCOUNTS);
      if (from == to || !busy.compareAndSet(from, 0, 1)) {
        continue;
      }
      if (busy.compareAndSet(to, 0, 1)) {
        Snapshot snapshot = store.snapshot();
        int amount = random.below(20);
        WriteBatch batch = new WriteBatch();
        batch.put(TREE, key(from), value(amountOf(snapshot, from) - amount, random.below(50)));
        batch.put(TREE, key(to), value(amountOf(snapshot, to) + amount, random.below(50)));
        if (random.oneIn(20)) {
          // Another tree comes and goes meanwhile.
          batch.clearTree(TREE + 1);
          for (int k = 0; k < 100; k++) {
            batch.put(TREE + 1, key(k), value(k, k));
          }
        }
        store.commit(batch, random.oneIn(4) ? CommitDurability.SYNCED : CommitDurability.WRITTEN);
        busy.set(to, 0);
      }
      busy.set(from, 0);
    }
  }

  private static void read(Store store, AtomicBoolean isDone, long seed) {
    SeededRandom random = new SeededRandom(seed);
    List<Snapshot> kept = new ArrayList<>();
    while (!isDone.get()) {
      Snapshot snapshot = store.snapshot();
      checkSum(snapshot);
      kept.add(snapshot);
      checkSum(kept.get(random.below(kept.size())));
      if (kept.size() > 8) {
        kept.clear();
      }
    }
  }

  private static void checkSum(Snapshot snapshot) {
    long sum = 0;
    int count = 0;
    Cursor cursor = snapshot.cursor(TREE);
    for (boolean has = cursor.first(); has; has = cursor.next()) {
      sum += ByteBuffer.wrap(cursor.valueArray()).getInt(cursor.valueOffset());
      count++;
    }
    assertEquals(ACCOUNTS, count);
    assertEquals(ACCOUNTS * 100L, sum);
  }

  private static int amountOf(Snapshot snapshot, int account) {
    ByteRange value = snapshot.find(TREE, key(account));
    if (value == null) {
      throw new AssertionError("account " + account + " is gone");
    }
    return ByteBuffer.wrap(value.array()).getInt(value.offset());
  }

  /** One in fifty is large, so that overflow values come and go. */
  private static byte[] value(int amount, int kind) {
    return ByteBuffer.allocate(kind % 50 == 7 ? LARGE : 20 + kind % 50).putInt(amount).array();
  }

  private static byte[] key(int k) {
    return ByteBuffer.allocate(4).putInt(k).array();
  }
}
