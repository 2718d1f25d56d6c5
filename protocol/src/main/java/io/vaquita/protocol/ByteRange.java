package io.vaquita.protocol;

import java.util.Arrays;

/** Bytes inside an array that nobody writes any more. Immutable. */
@SuppressWarnings("ArrayRecordComponent")
public record ByteRange(byte[] array, int offset, int length) {
  public static ByteRange of(byte[] array) {
    return new ByteRange(array, 0, array.length);
  }

  /** The bytes in an array of their own: copied where they are only a part of theirs. */
  public byte[] toBytes() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }
}
