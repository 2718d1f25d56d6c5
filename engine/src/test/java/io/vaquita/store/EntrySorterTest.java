package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntrySorterTest {
  private static final Path FILE = Path.of("/simulated/temporary-1");

  private record Entry(byte[] key, byte[] value) {}

  /** Few keys, so that many are equal; values longer than the buffers among them. */
  @ParameterizedTest
  @CsvSource({"0, 1000, 128", "5000, 1000, 128", "5000, 100000, 128", "3000, 3000, 2", "300, 1, 3"})
  void entriesComeInOrderOfKeysAndOfArrival(int count, long memoryBytes, int mergedRunsMax) {
    long seed = SeededRandom.seed(count + memoryBytes);
    SeededRandom random = new SeededRandom(seed);
    SimulatedFileSystem disk = new SimulatedFileSystem(seed);
    List<Entry> expected = new ArrayList<>();
    try (EntrySorter sorter = new EntrySorter(disk, FILE, memoryBytes, mergedRunsMax)) {
      for (int i = 0; i < count; i++) {
        Entry entry =
            new Entry(
                random.bytes(random.below(3)),
                random.bytes(random.oneIn(500) ? 70_000 : random.below(40)));
        expected.add(entry);
        sorter.add(entry.key(), entry.value());
      }
      expected.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
      EntryStream sorted = sorter.sorted();
      for (Entry entry : expected) {
        assertTrue(sorted.next());
        assertArrayEquals(entry.key(), sorted.key());
        assertArrayEquals(entry.value(), sorted.value());
      }
      assertFalse(sorted.next());
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertEquals(List.of(), disk.names());
  }

  @Test
  void aFullDiskIsSaid() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    disk.capacity(100_000);
    try (EntrySorter sorter = new EntrySorter(disk, FILE, 10_000)) {
      DatabaseException e =
          assertThrows(
              DatabaseException.class,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  sorter.add(new byte[] {(byte) i}, new byte[1000]);
                }
              });
      assertEquals(1026, e.number());
    }
    assertEquals(List.of(), disk.names());
  }
}
