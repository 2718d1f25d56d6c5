package io.vaquita.store;

import java.util.Arrays;

/** Bytes inside a page: the array must not be written, and stays valid for as long as it is held. Immutable. */
@SuppressWarnings("ArrayRecordComponent")
public record ByteRange(byte[] array, int offset, int length) {
  public byte[] copy() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }
}
