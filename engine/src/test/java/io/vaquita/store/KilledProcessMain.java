package io.vaquita.store;

import io.vaquita.environment.Environment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process that commits until it is killed, and says on its standard output which commits are done. Each of its threads has a tree:
 * commit {@code i} puts key {@code i} and deletes key {@code i - KEPT}. One more thread gives all rows of a tree the number of the
 * commit, which is larger than the cache.
 */
final class KilledProcessMain {
  static final int THREADS = 4;
  static final int KEPT = 300;
  static final int FIRST_TREE = 16;
  static final int LARGE_TREE = FIRST_TREE + THREADS;
  static final int LARGE_ROWS = 6000;

  private KilledProcessMain() {}

  static StoreOptions options() {
    return new StoreOptions(1024, 400_000, 1 << 17, 200_000, 1 << 24, 1000, null);
  }

  public static void main(String[] args) throws InterruptedException {
    Store store = Stores.open(Path.of(args[0]), options(), Environment.system());
    Thread[] threads = new Thread[THREADS + 1];
    threads[THREADS] = Thread.startVirtualThread(() -> writeLarge(store));
    for (int t = 0; t < THREADS; t++) {
      int tree = FIRST_TREE + t;
      threads[t] = Thread.startVirtualThread(() -> write(store, tree));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(Store store, int tree) {
    Cursor cursor = store.snapshot().cursor(tree);
    long i = 0;
    if (cursor.last()) {
      i = ByteBuffer.wrap(cursor.keyArray()).getLong(cursor.keyOffset()) + 1;
    }
    while (true) {
      WriteBatch batch = new WriteBatch();
      batch.put(tree, key(i), value(tree, i));
      if (i >= KEPT) {
        batch.delete(tree, key(i - KEPT));
      }
      store.commit(batch, CommitDurability.SYNCED);
      System.out.println(tree + " " + i);
      i++;
    }
  }

  private static void writeLarge(Store store) {
    byte[] last = store.snapshot().get(LARGE_TREE, key(0));
    for (long i = last == null ? 0 : ByteBuffer.wrap(last).getLong() + 1; ; i++) {
      long number = i;
      int[] at = {0};
      store.commit(
          () -> {
            WriteBatch piece = new WriteBatch();
            while (at[0] < LARGE_ROWS && !piece.isFull()) {
              byte[] value = ByteBuffer.allocate(200).putLong(number).array();
              piece.put(LARGE_TREE, key(at[0]++ * 7L % LARGE_ROWS), value);
            }
            return piece.isEmpty() ? null : piece;
          });
      System.out.println(LARGE_TREE + " " + i);
    }
  }

  static byte[] key(long i) {
    return ByteBuffer.allocate(8).putLong(i).array();
  }

  static byte[] value(int tree, long i) {
    return new SeededRandom(tree * 1_000_003L + i).bytes((int) (i % 97 == 0 ? 3000 : i % 200));
  }
}
