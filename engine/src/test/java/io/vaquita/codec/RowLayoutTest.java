package io.vaquita.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.Values;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows give back what was put in. */
class RowLayoutTest {
  private final List<DataType> types = RandomValues.types();

  @Test
  void roundTrip() {
    RowLayout layout = RowLayout.of(types);
    RowBuilder copies = new RowBuilder(layout);
    for (long seed = 0; seed < 300; seed++) {
      RandomValues random = new RandomValues(seed);
      Value[] values = new Value[types.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nullable(types.get(i));
      }
      byte[] padded = new byte[5 + layout.encode(values).length];
      byte[] bytes = layout.encode(values);
      System.arraycopy(bytes, 0, padded, 5, bytes.length);
      EncodedRow row = layout.row(padded, 5, bytes.length);
      check(values, row, "seed " + seed);
      copies.copyAll(row);
      assertEquals(row, layout.row(copies.build()));
    }
  }

  private void check(Value[] values, EncodedRow row, String message) {
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], Values.stored(row, i, types.get(i)), message + " " + types.get(i));
      assertEquals(values[i].isNull(), row.isNull(i));
    }
  }

  @Test
  void rowsBeyond64KiB() {
    List<DataType> two = List.of(DataType.varbinary(1 << 20), DataType.INT, DataType.varbinary(10));
    RowLayout layout = RowLayout.of(two);
    RandomValues random = new RandomValues(1);
    Slice big = random.bytes(200_000);
    RowBuilder builder = new RowBuilder(layout);
    builder.setBytes(0, big);
    builder.setLong(1, -7);
    builder.setBytes(2, Slice.utf8("end"));
    EncodedRow row = layout.row(builder.build());
    assertEquals(big, row.getBytes(0));
    assertEquals(-7, row.getLong(1));
    assertEquals("end", row.getBytes(2).toUtf8());
  }

  @Test
  void someColumnsByTheirOrdinals() {
    List<DataType> all =
        List.of(
            DataType.INT, DataType.varbinary(10), DataType.decimal(30, 5, false), DataType.BIGINT);
    RowLayout layout = RowLayout.of(all, new int[] {3, 2});
    RowBuilder builder = new RowBuilder(layout);
    builder.setLong(3, Long.MIN_VALUE);
    builder.setDecimal(2, new BigDecimal("-12345678901234567890.12345"));
    EncodedRow row = layout.row(builder.build());
    assertEquals(Long.MIN_VALUE, row.getLong(3));
    assertEquals(new BigDecimal("-12345678901234567890.12345"), row.getDecimal(2));
    assertTrue(layout.holds(2));
    assertFalse(layout.holds(0));
    assertThrows(IllegalStateException.class, () -> row.isNull(0));
  }
}
