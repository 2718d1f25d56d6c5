package io.vaquita.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are written once are found by whoever has seen what refers to them, whatever the transaction did since. */
class GetOnlyTest {
  private static final int TREE = 16;

  @TempDir Path directory;

  private static byte[] key(int number) {
    return new byte[] {0, (byte) number};
  }

  private static byte[] value(int number, int length) {
    byte[] value = new byte[length];
    Arrays.fill(value, (byte) number);
    return value;
  }

  private static void commit(Store store, int number, byte[] value) {
    WriteBatch batch = new WriteBatch();
    batch.put(TREE, key(number), value);
    store.commit(batch, CommitDurability.SYNCED);
  }

  private void check(Store store, WriteSet writes, int length) {
    commit(store, 1, value(1, length));
    View view = new View(store, store.snapshot(), writes, null);
    assertArrayEquals(value(1, length), view.getOnly(TREE, key(1)));
    assertNull(view.getOnly(TREE, key(2)));
    writes.write(TREE, key(2), value(2, length));
    long savepoint = writes.writeCount();
    writes.write(TREE, key(1), null);
    writes.write(TREE, key(2), null);
    writes.write(TREE, key(9), null);
    assertNull(view.get(TREE, key(1)));
    assertNull(view.get(TREE, key(2)));
    assertArrayEquals(value(1, length), view.getOnly(TREE, key(1)));
    assertArrayEquals(value(2, length), view.getOnly(TREE, key(2)));
    assertNull(view.getOnly(TREE, key(9)));
    commit(store, 3, value(3, length));
    assertNull(view.get(TREE, key(3)));
    assertArrayEquals(value(3, length), view.getOnly(TREE, key(3)));
    writes.undoTo(savepoint);
    assertArrayEquals(value(2, length), view.get(TREE, key(2)));
    assertArrayEquals(value(1, length), view.get(TREE, key(1)));
  }

  @Test
  void inMemory() {
    try (Store store = Stores.inMemory()) {
      check(store, new WriteSet(), 5000);
    }
  }

  @Test
  void inTemporaryFiles() {
    for (int length : new int[] {600, 40_000}) {
      Path own = directory.resolve(Integer.toString(length));
      try (Store store = Stores.open(own, StoreOptions.defaults(), Environment.system())) {
        WriteSet writes = new WriteSet(store, 1000);
        for (int i = 10; i < 20; i++) {
          writes.write(TREE, key(i), value(i, 200));
        }
        assertTrue(writes.isSpilled());
        check(store, writes, length);
        writes.close();
      }
    }
  }
}
