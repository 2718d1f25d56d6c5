package io.vaquita.store;

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

  /** To the entry with exactly this key; false, and no position, when there is none. */
  boolean find(byte[] key);

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
