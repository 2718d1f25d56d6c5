package io.vaquita.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.Values;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of key bytes is the order of values. */
class KeyEncoderTest {
  private static int order(Value a, Value b, KeyPart part) {
    int order;
    if (a instanceof Value.LongValue v
        && b instanceof Value.LongValue w
        && !part.type().kind().isInteger()) {
      order = Long.compareUnsigned(v.value(), w.value());
    } else {
      order = Values.compare(a, b, part.type().collation());
    }
    return Integer.signum(part.descending() ? -order : order);
  }

  @Test
  void everyTypeAloneAndTogether() {
    List<DataType> types = RandomValues.types();
    RowLayout layout = RowLayout.of(types);
    for (long seed = 0; seed < 4000; seed++) {
      RandomValues random = new RandomValues(seed);
      int first = random.nextInt(types.size());
      int second = random.nextInt(types.size());
      KeyPart one = new KeyPart(first, types.get(first), true, 0, random.nextInt(4) == 0);
      KeyPart two = new KeyPart(second, types.get(second), true, 0, random.nextInt(4) == 0);
      KeyEncoder encoder = new KeyEncoder(List.of(one, two));
      Value[] a = new Value[types.size()];
      Value[] b = new Value[types.size()];
      for (int i = 0; i < a.length; i++) {
        a[i] = random.nullable(types.get(i));
        b[i] = random.nextInt(3) == 0 ? a[i] : random.nullable(types.get(i));
      }
      byte[] keyA = encoder.encode(layout.row(layout.encode(a)));
      byte[] keyB = encoder.encode(layout.row(layout.encode(b)));
      assertArrayEquals(keyA, encoder.encode(a[first], a[second]), "seed " + seed);
      int expected = order(a[first], b[first], one);
      if (expected == 0) {
        expected = order(a[second], b[second], two);
      }
      assertEquals(
          expected,
          Integer.signum(Arrays.compareUnsigned(keyA, keyB)),
          "seed " + seed + " " + one.type() + " " + two.type());
      checkPrefix(encoder, keyA, keyB, a[first], expected);
    }
  }

  /** The first part's bytes bound exactly the keys that begin with that value. */
  private static void checkPrefix(
      KeyEncoder encoder, byte[] keyA, byte[] keyB, Value first, int order) {
    byte[] prefix = encoder.encode(first);
    byte[] after = KeyEncoder.afterPrefix(prefix);
    assertTrue(Arrays.compareUnsigned(prefix, keyA) <= 0);
    if (after != null) {
      assertTrue(Arrays.compareUnsigned(keyA, after) < 0);
    }
    assertTrue(order == 0 || !Arrays.equals(keyA, keyB));
  }

  @Test
  void narrowIntegerKeys() {
    KeyEncoder encoder = new KeyEncoder(List.of(KeyPart.of(0, DataType.INT, false)));
    assertArrayEquals(new byte[] {(byte) 0x80, 0, 0, 5}, encoder.encodeLong(5));
    assertArrayEquals(
        new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff}, encoder.encodeLong(-1));
    assertArrayEquals(encoder.encodeLong(-1), encoder.encode(Value.of(-1)));
  }

  @Test
  void prefixesCountCharacters() {
    KeyPart part =
        new KeyPart(0, DataType.varchar(20, Collations.UTF8MB4_0900_AI_CI), false, 2, false);
    KeyEncoder encoder = new KeyEncoder(List.of(part));
    assertArrayEquals(encoder.encode(text("äöx")), encoder.encode(text("ÄO")));
    assertFalse(Arrays.equals(encoder.encode(text("ä")), encoder.encode(text("äö"))));
  }

  private static Value text(String s) {
    return new Value.StringValue(Slice.utf8(s), Collations.UTF8MB4_0900_AI_CI);
  }

  @Test
  void afterPrefix() {
    assertArrayEquals(new byte[] {1, 3}, KeyEncoder.afterPrefix(new byte[] {1, 2}));
    assertArrayEquals(new byte[] {2}, KeyEncoder.afterPrefix(new byte[] {1, -1}));
    assertNull(KeyEncoder.afterPrefix(new byte[] {-1, -1}));
    assertNotNull(KeyEncoder.afterPrefix(new byte[] {0}));
  }
}
