package io.vaquita.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Neighbours of keys. Stateless. */
final class Keys {
  private static final int FILL_BYTES = 16;

  private Keys() {}

  /** The least key above. */
  static byte[] above(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** A key below with no other key of use between: exact after a zero byte, otherwise as near as anybody's keys come. Null: no bound. */
  static byte @Nullable [] below(byte[] key) {
    if (key.length == 0) {
      return null;
    }
    int end = key.length - 1;
    if (key[end] == 0) {
      return Arrays.copyOf(key, end);
    }
    byte[] below = Arrays.copyOf(key, key.length + FILL_BYTES);
    below[end]--;
    Arrays.fill(below, key.length, below.length, (byte) 0xff);
    return below;
  }
}
