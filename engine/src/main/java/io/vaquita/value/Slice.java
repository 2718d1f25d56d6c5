package io.vaquita.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A range of bytes in an array that nobody changes: usually a column's bytes inside a page. Immutable; thread-safe as long as the
 * rule holds that pages and rows are never written after they were published.
 */
public final class Slice {
  public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  public Slice(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /** The UTF-8 bytes of {@code text}; escaped bytes of {@link SqlText} are what they were. */
  public static Slice utf8(String text) {
    return of(SqlText.encode(text));
  }

  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public byte byteAt(int index) {
    return array[offset + index];
  }

  public Slice sub(int from, int to) {
    return new Slice(array, offset + from, to - from);
  }

  /**
   * These bytes so many times.
   *
   * @throws ArithmeticException when an array cannot hold the result
   */
  public Slice repeated(int times) {
    int all = Math.multiplyExact(length, times);
    if (all == length || all == 0) {
      return all == 0 ? EMPTY : this;
    }
    byte[] out = new byte[all];
    if (length == 1) {
      Arrays.fill(out, array[offset]);
      return of(out);
    }
    System.arraycopy(array, offset, out, 0, length);
    for (int done = length; done < all; ) {
      int more = Math.min(done, all - done);
      System.arraycopy(out, 0, out, done, more);
      done += more;
    }
    return of(out);
  }

  public byte[] toBytes() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes read as UTF-8; malformed bytes become U+FFFD. */
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** Unsigned byte order. */
  public int compareBytes(Slice other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Slice s && length == s.length && compareBytes(s) == 0;
  }

  @Override
  public int hashCode() {
    int h = 1;
    for (int i = offset; i < offset + length; i++) {
      h = 31 * h + array[i];
    }
    return h;
  }

  @Override
  public String toString() {
    return toUtf8();
  }
}
