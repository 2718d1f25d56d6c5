package io.vaquita.executor;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A growing array into which values are written so that unsigned byte order is value order, and equal values give equal bytes.
 * Confined to one operator; reused for every row.
 *
 * <p>Each part begins with a byte that puts NULL first. A part written for descending order has all its bits inverted.
 */
final class KeyBuffer {
  private static final byte NULL = 0;
  private static final byte PRESENT = 1;

  /** Integers: the sign stands in the first byte, so that signed and unsigned values compare by value. */
  private static final byte NEGATIVE = 1;

  private static final byte NOT_NEGATIVE = 2;
  private static final byte BEYOND_SIGNED = 3;

  byte[] bytes = new byte[64];
  int length;
  private final TextBuffer scratch = new TextBuffer(64);

  void clear() {
    length = 0;
  }

  void set(byte[] key) {
    clear();
    putAll(key, key.length);
  }

  /** Eight bytes as they are: numbers from 0 in their order. */
  void putNumber(long value) {
    reserve(8);
    putBits(value);
  }

  /** Bytes of another key as they are. */
  void putAll(byte[] from, int count) {
    putAll(from, 0, count);
  }

  void putAll(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void putNull() {
    putByte(NULL);
  }

  private void putByte(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  void putLong(long value, boolean unsigned) {
    reserve(9);
    bytes[length++] = value >= 0 ? NOT_NEGATIVE : unsigned ? BEYOND_SIGNED : NEGATIVE;
    putBits(value);
  }

  private void putBits(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void putDouble(double value) {
    reserve(9);
    bytes[length++] = PRESENT;
    // +0.0 turns -0.0 into 0.0.
    long bits = Double.doubleToLongBits(value + 0.0);
    putBits(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
  }

  /** Sign, place of the decimal point, digits without zeros at the end: equal for 1.0 and 1.00. */
  void putDecimal(BigDecimal value) {
    putByte(PRESENT);
    int sign = value.signum();
    putByte((byte) (sign + 1));
    if (sign == 0) {
      return;
    }
    String digits = value.unscaledValue().abs().toString();
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    reserve(end + 3);
    int from = length;
    int pointPlace = digits.length() - value.scale() + 0x4000;
    bytes[length++] = (byte) (pointPlace >>> 8);
    bytes[length++] = (byte) pointPlace;
    for (int i = 0; i < end; i++) {
      bytes[length++] = (byte) digits.charAt(i);
    }
    bytes[length++] = 0;
    if (sign < 0) {
      invert(from);
    }
  }

  /** Zero bytes are escaped as 00 FF and 00 00 ends the part, so that a shorter string comes before a longer one. */
  void putBytes(byte[] from, int offset, int count) {
    reserve(3 + 2 * count);
    bytes[length++] = PRESENT;
    for (int i = offset; i < offset + count; i++) {
      byte b = from[i];
      bytes[length++] = b;
      if (b == 0) {
        bytes[length++] = (byte) 0xff;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 0;
  }

  /** A string by its collation's sort key. */
  void putString(Slice value, Collation collation) {
    if (collation.equals(Collations.BINARY)) {
      putBytes(value.array(), value.offset(), value.length());
    } else {
      scratch.clear();
      collation.appendSortKey(value, scratch);
      putBytes(scratch.array(), 0, scratch.length());
    }
  }

  /** Makes what was written since {@code from} descend. */
  void invert(int from) {
    for (int i = from; i < length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }

  int compareTo(byte[] key) {
    return Arrays.compareUnsigned(bytes, 0, length, key, 0, key.length);
  }

  boolean isEqualTo(byte[] key) {
    return Arrays.equals(bytes, 0, length, key, 0, key.length);
  }

  int hash() {
    return hash(bytes, length);
  }

  static int hash(byte[] bytes, int length) {
    long h = length * 0x9E3779B97F4A7C15L;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      h = (h ^ (long) LONGS.get(bytes, i)) * 0xff51afd7ed558ccdL;
      h ^= h >>> 32;
    }
    for (; i < length; i++) {
      h = (h ^ bytes[i]) * 0xc4ceb9fe1a85ec53L;
    }
    h ^= h >>> 29;
    return (int) (h ^ h >>> 32);
  }

  private static final java.lang.invoke.VarHandle LONGS =
      java.lang.invoke.MethodHandles.byteArrayViewVarHandle(
          long[].class, java.nio.ByteOrder.BIG_ENDIAN);
}
