package io.vaquita.store;

import java.util.Arrays;

/**
 * A position in a tree's entries, in key order. Key and value are read in place: the arrays must not be written, and stay valid and
 * unchanged for as long as somebody holds them, also after the cursor moved. Confined to one thread at a time.
 */
public interface Cursor {
  /** To the first entry; false when there is none. */
  boolean first();

  boolean last();

  /** To the first entry with a key {@code >= key}; false when there is none. */
  boolean seek(byte[] key);

  /** To the last entry with a key {@code <= key}; false when there is none. */
  boolean seekBefore(byte[] key);

  /** To the entry with exactly this key; false when there is none, and then the position is undefined. */
  default boolean find(byte[] key) {
    return seek(key)
        && Arrays.equals(keyArray(), keyOffset(), keyOffset() + keyLength(), key, 0, key.length);
  }

  boolean next();

  boolean previous();

  /** The whole key; offset and length say where in the array. */
  byte[] keyArray();

  int keyOffset();

  int keyLength();

  byte[] valueArray();

  int valueOffset();

  int valueLength();
}
