package io.vaquita.bench.peer;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Keys and values of the rows. Stateless. */
final class Rows {
  private static final byte[] PATTERN = pattern();

  private Rows() {}

  private static byte[] pattern() {
    byte[] b = new byte[1 << 16];
    new SplittableRandom(5).nextBytes(b);
    return b;
  }

  static byte[] key(long key) {
    return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
  }

  /** Bytes that do not compress, different from row to row, made in no time. */
  static byte[] value(long key) {
    byte[] value = new byte[KeyValueStore.VALUE_BYTES];
    int from = Math.floorMod(key * 7919, PATTERN.length - value.length);
    System.arraycopy(PATTERN, from, value, 0, value.length);
    return value;
  }
}
