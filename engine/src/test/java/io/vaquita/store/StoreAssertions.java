package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.FileSystem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares a snapshot with the model in every way the interface offers. Stateless. */
final class StoreAssertions {
  private StoreAssertions() {}

  static void assertSame(ModelStore model, Snapshot snapshot) {
    model.trees.forEach((number, tree) -> assertSameTree(tree, snapshot, number));
  }

  /** The files as a check of them finds them. */
  static void assertSound(Path directory, FileSystem disk) {
    StoreCheck check = Stores.check(directory, new SimulatedEnvironment(disk));
    assertEquals(List.of(), check.problems());
  }

  private static void assertSameTree(TreeMap<byte[], byte[]> tree, Snapshot snapshot, int number) {
    assertEquals(tree.size(), snapshot.entryCount(number), "entry count of tree " + number);
    Cursor cursor = snapshot.cursor(number);
    boolean has = cursor.first();
    for (Map.Entry<byte[], byte[]> entry : tree.entrySet()) {
      assertTrue(has, "a missing entry");
      assertAt(entry, cursor);
      has = cursor.next();
    }
    assertFalse(has, "an entry too many");
    has = cursor.last();
    for (Map.Entry<byte[], byte[]> entry : tree.descendingMap().entrySet()) {
      assertTrue(has, "a missing entry on the way back");
      assertAt(entry, cursor);
      has = cursor.previous();
    }
    assertFalse(has, "an entry too many on the way back");
  }

  /** Point reads, seeks and counts at one key. */
  static void assertSameAt(
      TreeMap<byte[], byte[]> tree, Snapshot snapshot, int number, byte[] key) {
    assertArrayEquals(tree.get(key), snapshot.get(number, key));
    ByteRange range = snapshot.find(number, key);
    assertArrayEquals(tree.get(key), range == null ? null : range.copy());
    Cursor cursor = snapshot.cursor(number);
    assertEquals(tree.containsKey(key), cursor.find(key));
    assertPosition(tree.ceilingEntry(key), cursor, cursor.seek(key));
    Map.Entry<byte[], byte[]> ceiling = tree.ceilingEntry(key);
    if (ceiling != null) {
      assertPosition(tree.lowerEntry(ceiling.getKey()), cursor, cursor.previous());
    }
    assertPosition(tree.floorEntry(key), cursor, cursor.seekBefore(key));
    Map.Entry<byte[], byte[]> floor = tree.floorEntry(key);
    if (floor != null) {
      assertPosition(tree.higherEntry(floor.getKey()), cursor, cursor.next());
    }
    assertEquals(tree.headMap(key, false).size(), snapshot.estimateCount(number, null, key));
    assertEquals(tree.tailMap(key, true).size(), snapshot.estimateCount(number, key, null));
  }

  private static void assertPosition(
      Map.Entry<byte[], byte[]> expected, Cursor cursor, boolean found) {
    assertEquals(expected != null, found);
    if (expected != null) {
      assertAt(expected, cursor);
    }
  }

  private static void assertAt(Map.Entry<byte[], byte[]> entry, Cursor cursor) {
    assertArrayEquals(
        entry.getKey(),
        Arrays.copyOfRange(
            cursor.keyArray(), cursor.keyOffset(), cursor.keyOffset() + cursor.keyLength()));
    assertArrayEquals(
        entry.getValue(),
        Arrays.copyOfRange(
            cursor.valueArray(),
            cursor.valueOffset(),
            cursor.valueOffset() + cursor.valueLength()));
  }
}
