package io.vaquita.value;

import java.util.Arrays;

/** A growing array of bytes that values are written into as text. Not thread-safe; made once and reused. */
public final class TextBuffer {
  private byte[] bytes;
  private int length;

  public TextBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  public void clear() {
    length = 0;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void append(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  public void append(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  public void append(Slice slice) {
    append(slice.array(), slice.offset(), slice.length());
  }

  /** ASCII only. */
  @SuppressWarnings("deprecation")
  public void appendAscii(String text) {
    int n = text.length();
    reserve(n);
    text.getBytes(0, n, bytes, length);
    length += n;
  }

  public void appendLong(long value) {
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        appendAscii("-9223372036854775808");
        return;
      }
      append((byte) '-');
      value = -value;
    }
    int digits = digits(value);
    reserve(digits);
    int at = length + digits;
    length = at;
    long left = value;
    while (left > Integer.MAX_VALUE) {
      int two = (int) (left % 100);
      left /= 100;
      bytes[--at] = (byte) ('0' + two % 10);
      bytes[--at] = (byte) ('0' + two / 10);
    }
    int small = (int) left;
    while (small >= 10) {
      bytes[--at] = (byte) ('0' + small % 10);
      small /= 10;
    }
    bytes[--at] = (byte) ('0' + small);
  }

  private static int digits(long value) {
    long limit = 10;
    for (int n = 1; n < 19; n++) {
      if (value < limit) {
        return n;
      }
      limit *= 10;
    }
    return 19;
  }

  public void appendUnsigned(long value) {
    if (value >= 0) {
      appendLong(value);
    } else {
      appendAscii(Long.toUnsignedString(value));
    }
  }

  /** Cuts the buffer to its first {@code newLength} bytes. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** Makes room for {@code count} bytes at the end, which the caller fills in {@link #array} from the returned index on. */
  public int extend(int count) {
    reserve(count);
    int at = length;
    length += count;
    return at;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public Slice toSlice() {
    return Slice.of(Arrays.copyOf(bytes, length));
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, count)));
    }
  }
}
