package io.vaquita.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.environment.Environment;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.Cursor;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random writes, savepoints and cursor moves of one transaction against a sorted map; the seed is the parameter. */
final class MergedCursorTest {
  private static final int TREE = 16;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void behavesLikeAMap(long seed) {
    try (Store store = Stores.inMemory()) {
      check(seed, store, Long.MAX_VALUE / 100);
    }
  }

  /** From some write on, all of them are in files. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void behavesLikeAMapBeyondMemory(long seed, @TempDir Path directory) {
    StoreOptions options = StoreOptions.defaults().withPageCacheBytes(4 << 20);
    try (Store store = Stores.open(directory, options, Environment.system())) {
      check(seed, store, seed % 3 == 0 ? 1 : 40_000);
    }
    assertArrayEquals(new String[0], directory.toFile().list((d, n) -> n.startsWith("temporary")));
  }

  private static void check(long seed, Store store, long writeSetBytesMax) {
    Random random = new Random(seed);
    int keySpace = 1 << (2 + random.nextInt(11));
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < keySpace / 2; i++) {
      byte[] key = key(random.nextInt(keySpace));
      byte[] value = value(random);
      batch.put(TREE, key, value);
      model.put(key, value);
    }
    store.commit(batch, CommitDurability.SYNCED);
    TransactionSystem system =
        new TransactionSystem(
            store,
            new LockTable(Environment.system()),
            new TransactionMemory(writeSetBytesMax, Long.MAX_VALUE));
    Transaction transaction =
        system.begin(TransactionOptions.of(system.locks().newOwner(1, OwnerInfo.internal("test"))));
    long savepoint = 0;
    TreeMap<byte[], byte[]> atSavepoint = copy(model);
    for (int step = 0; step < 3000; step++) {
      int what = random.nextInt(100);
      if (what < 30) {
        byte[] key = key(random.nextInt(keySpace));
        byte[] value = value(random);
        transaction.put(TREE, key, value);
        model.put(key, value);
      } else if (what < 50) {
        byte[] key = key(random.nextInt(keySpace));
        transaction.delete(TREE, key);
        model.remove(key);
      } else if (what < 52) {
        savepoint = transaction.savepoint();
        atSavepoint = copy(model);
      } else if (what == 52) {
        transaction.rollbackTo(savepoint);
        model = copy(atSavepoint);
      } else if (what == 53 && random.nextInt(4) == 0) {
        transaction.clearTree(TREE);
        model.clear();
      } else if (what < 60) {
        byte[] key = key(random.nextInt(keySpace));
        assertArrayEquals(model.get(key), transaction.consistentView().get(TREE, key));
      } else {
        walk(random, transaction, model, keySpace);
      }
    }
    transaction.commit();
    Cursor cursor = store.snapshot().cursor(TREE);
    boolean there = cursor.first();
    for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
      assertEquals(true, there);
      check(cursor, entry);
      there = cursor.next();
    }
    assertEquals(false, there);
  }

  /** Moves a cursor about, with writes in between that it must not see. */
  private static void walk(
      Random random, Transaction transaction, TreeMap<byte[], byte[]> model, int keySpace) {
    TreeMap<byte[], byte[]> seen = copy(model);
    Cursor cursor = transaction.currentView().cursor(TREE);
    byte[] from = key(random.nextInt(keySpace));
    Map.@Nullable Entry<byte[], byte[]> expected;
    boolean there;
    switch (random.nextInt(4)) {
      case 0 -> {
        there = cursor.first();
        expected = seen.firstEntry();
      }
      case 1 -> {
        there = cursor.last();
        expected = seen.lastEntry();
      }
      case 2 -> {
        there = cursor.seek(from);
        expected = seen.ceilingEntry(from);
      }
      default -> {
        there = cursor.seekBefore(from);
        expected = seen.floorEntry(from);
      }
    }
    boolean mostlyForward = random.nextBoolean();
    for (int i = 0; i < 30; i++) {
      assertEquals(expected != null, there);
      if (expected == null) {
        return;
      }
      check(cursor, expected);
      if (random.nextInt(5) == 0) {
        byte[] key = key(random.nextInt(keySpace));
        if (random.nextBoolean()) {
          byte[] value = {(byte) random.nextInt()};
          transaction.put(TREE, key, value);
          model.put(key, value);
        } else {
          transaction.delete(TREE, key);
          model.remove(key);
        }
      }
      boolean forward = random.nextInt(6) == 0 ? !mostlyForward : mostlyForward;
      there = forward ? cursor.next() : cursor.previous();
      expected = forward ? seen.higherEntry(expected.getKey()) : seen.lowerEntry(expected.getKey());
    }
  }

  private static void check(Cursor cursor, Map.Entry<byte[], byte[]> expected) {
    int k = cursor.keyOffset();
    assertArrayEquals(
        expected.getKey(), Arrays.copyOfRange(cursor.keyArray(), k, k + cursor.keyLength()));
    int v = cursor.valueOffset();
    assertArrayEquals(
        expected.getValue(), Arrays.copyOfRange(cursor.valueArray(), v, v + cursor.valueLength()));
  }

  private static TreeMap<byte[], byte[]> copy(TreeMap<byte[], byte[]> map) {
    return new TreeMap<>(map);
  }

  /** Mostly short; some are so long that they stand alone in files. */
  private static byte[] value(Random random) {
    byte[] value = new byte[random.nextInt(40) == 0 ? 16_000 + random.nextInt(2000) : 1];
    value[0] = (byte) random.nextInt();
    return value;
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
