package io.vaquita.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vaquita.environment.Environment;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.ValueRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sorting in memory, by a heap and through files gives the same order; spilled rows come back as they were. */
final class SorterTest {
  private static final long SEED = Long.getLong("vaquita.seed", 20_260_713L);

  @TempDir Path directory;

  private record Numbered(int key, int order) {}

  private static Row[] row(int key, int order) {
    ValueRow row = new ValueRow(4);
    row.setLong(0, key);
    row.setLong(1, order);
    row.setBytes(2, Slice.utf8("row " + order));
    return new Row[] {row};
  }

  private static List<Numbered> drain(Sorter sorter) {
    sorter.finish();
    List<Numbered> read = new ArrayList<>();
    for (Row[] rows = sorter.next(); rows != null; rows = sorter.next()) {
      int order = (int) rows[0].getLong(1);
      assertEquals("row " + order, rows[0].getBytes(2).toUtf8());
      assertEquals(true, rows[0].isNull(3));
      read.add(new Numbered((int) rows[0].getLong(0), order));
    }
    assertNull(sorter.next());
    return read;
  }

  @Test
  void sortersAgree() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = 5_000;
    Spilling spilling = new Spilling(Environment.system(), directory, 20_000);
    FullSorter inMemory =
        new FullSorter(new Spilling(Environment.system(), directory, Long.MAX_VALUE), 1, () -> {});
    FullSorter onFile = new FullSorter(spilling, 1, () -> {});
    TopSorter top = new TopSorter(100);
    KeyBuffer key = new KeyBuffer();
    List<Numbered> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int value = random.nextInt(-300, 300);
      expected.add(new Numbered(value, i));
      key.clear();
      key.putLong(value, false);
      inMemory.add(key, row(value, i));
      onFile.add(key, row(value, i));
      if (!top.refuses(key)) {
        top.add(key, row(value, i));
      }
    }
    expected.sort(Comparator.comparingInt(Numbered::key));
    assertEquals(expected, drain(inMemory));
    assertEquals(expected, drain(onFile));
    assertEquals(expected.subList(0, 100), drain(top));
    spilling.close();
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count(), "temporary files are deleted");
    }
  }

  @Test
  void keysCompareAsTheirValues() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String text :
        List.of(
            "-100", "-99.95", "-1.5", "-1", "-0.001", "0", "0.0009", "0.001", "1", "1.05", "1.5",
            "99", "100.5", "1e20")) {
      numbers.add(new BigDecimal(text));
    }
    KeyBuffer a = new KeyBuffer();
    KeyBuffer b = new KeyBuffer();
    for (BigDecimal x : numbers) {
      for (BigDecimal y : numbers) {
        a.clear();
        b.clear();
        a.putDecimal(x);
        b.putDecimal(y.setScale(Math.max(y.scale(), 0) + 2));
        assertEquals(
            Integer.signum(x.compareTo(y)),
            Integer.signum(a.compareTo(b.toBytes())),
            x + " and " + y);
        a.clear();
        b.clear();
        a.putDouble(x.doubleValue());
        b.putDouble(y.doubleValue());
        assertEquals(Integer.signum(x.compareTo(y)), Integer.signum(a.compareTo(b.toBytes())));
      }
    }
  }

  @Test
  void signedAndUnsignedIntegersCompareByValue() {
    KeyBuffer a = new KeyBuffer();
    KeyBuffer b = new KeyBuffer();
    a.putLong(-1, false);
    b.putLong(-1, true);
    assertEquals(-1, Integer.signum(a.compareTo(b.toBytes())));
    a.clear();
    a.putLong(Long.MAX_VALUE, true);
    assertEquals(-1, Integer.signum(a.compareTo(b.toBytes())));
    b.clear();
    b.putLong(Long.MAX_VALUE, false);
    assertEquals(0, a.compareTo(b.toBytes()));
  }
}
