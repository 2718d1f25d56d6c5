package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryTreesTest {
  private static final Path FILE = Path.of("/simulated/temporary-1");
  private static final long MEMORY = 100_000;

  @TempDir Path directory;

  @Test
  void agreeWithTheModelBeyondTheirMemory() {
    long seed = SeededRandom.seed(23);
    SeededRandom random = new SeededRandom(seed);
    Path file = directory.resolve("temporary-1");
    RandomBatches batches = new RandomBatches(random, 5000, 20_000);
    ModelStore model = new ModelStore();
    record Seen(Snapshot snapshot, ModelStore model) {}
    ArrayDeque<Seen> seen = new ArrayDeque<>();
    try (TemporaryTrees trees = new TemporaryTrees(Environment.system().files(), file, MEMORY)) {
      for (int step = 0; step < 3000; step++) {
        WriteBatch batch = new WriteBatch();
        for (WriteBatch.Change change : batches.next().changes()) {
          switch (change) {
            case WriteBatch.Put put -> trees.put(put.tree(), put.key(), put.value());
            case WriteBatch.Delete delete -> trees.delete(delete.tree(), delete.key());
            case WriteBatch.DeleteRange range -> {
              continue;
            }
          }
          batch.add(change);
        }
        model.apply(batch);
        byte[] key = batches.key();
        assertArrayEquals(model.tree(101).get(key), trees.get(101, key));
        if (random.oneIn(100)) {
          StoreAssertions.assertSameAt(model.tree(101), trees.snapshot(), 101, key);
        }
        if (random.oneIn(400)) {
          seen.add(new Seen(trees.snapshot(), model.copy()));
        }
      }
      StoreAssertions.assertSame(model, trees.snapshot());
      TreeInvariants.check(trees.snapshot());
      for (Seen earlier : seen) {
        StoreAssertions.assertSame(earlier.model(), earlier.snapshot());
      }
      assertTrue(Files.exists(file));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertFalse(Files.exists(file));
  }

  /** Without snapshots in the way, the file is little larger than what is in it, however often that is written. */
  @Test
  void placesOfReplacedPagesAreUsedAgain() throws IOException {
    Path file = directory.resolve("temporary-2");
    try (TemporaryTrees trees = new TemporaryTrees(Environment.system().files(), file, MEMORY)) {
      SeededRandom random = new SeededRandom(3);
      for (int i = 0; i < 60_000; i++) {
        trees.put(1, new byte[] {(byte) random.below(256), (byte) random.below(4)}, new byte[800]);
      }
      assertTrue(Files.size(file) < 4_000_000, "the file grows with each write");
    }
  }

  @Test
  void valuesLargerThanTheMemoryAreKept() {
    try (TemporaryTrees trees =
        new TemporaryTrees(
            Environment.system().files(), directory.resolve("temporary-3"), MEMORY)) {
      for (int i = 0; i < 10; i++) {
        trees.put(1, new byte[] {(byte) i}, new byte[(int) MEMORY * 3 + i]);
        trees.put(2, new byte[] {(byte) i}, new byte[] {(byte) i});
      }
      Cursor cursor = trees.snapshot().cursor(1);
      for (int i = 0; i < 10; i++) {
        assertTrue(i == 0 ? cursor.first() : cursor.next());
        assertEquals((int) MEMORY * 3 + i, cursor.valueArray().length);
      }
      assertFalse(cursor.next());
    }
  }

  @Test
  void aFullDiskIsSaid() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    disk.capacity(200_000);
    try (TemporaryTrees trees = new TemporaryTrees(disk, FILE, MEMORY)) {
      DatabaseException e =
          assertThrows(
              DatabaseException.class,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  trees.put(1, new byte[] {(byte) (i >> 8), (byte) i}, new byte[1000]);
                }
              });
      assertEquals(1026, e.number());
    }
    assertEquals(List.of(), disk.names());
  }
}
