package io.vaquita.executor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from key bytes to values that keeps the order of insertion. Looking up allocates nothing. Confined to one operator.
 */
final class KeyTable<V> {
  private static final int ENTRY_BYTES = 64;

  private byte[][] keys = new byte[16][];
  private @Nullable Object[] values = new Object[16];
  private int[] hashes = new int[16];
  private int size;

  /** Entry number + 1 by hash; 0 is free. Always a power of two, at most half full. */
  private int[] buckets = new int[64];

  private long keyBytes;

  int size() {
    return size;
  }

  long estimatedBytes() {
    return keyBytes + (long) size * ENTRY_BYTES;
  }

  void clear() {
    keys = new byte[16][];
    values = new Object[16];
    hashes = new int[16];
    buckets = new int[64];
    size = 0;
    keyBytes = 0;
  }

  /** The entry's number, or -1. */
  int find(KeyBuffer key) {
    int hash = key.hash();
    int mask = buckets.length - 1;
    for (int b = hash & mask; buckets[b] != 0; b = b + 1 & mask) {
      int entry = buckets[b] - 1;
      if (hashes[entry] == hash && key.isEqualTo(keys[entry])) {
        return entry;
      }
    }
    return -1;
  }

  /** The entry's number; a new entry has a null value. */
  int findOrAdd(KeyBuffer key) {
    int entry = find(key);
    return entry >= 0 ? entry : add(key);
  }

  /** Adds a key that is not there. */
  int add(KeyBuffer key) {
    if (size == keys.length) {
      grow();
    }
    int entry = size++;
    keys[entry] = key.toBytes();
    keyBytes += key.length;
    hashes[entry] = key.hash();
    place(entry);
    return entry;
  }

  private void grow() {
    int capacity = keys.length * 2;
    keys = Arrays.copyOf(keys, capacity);
    values = Arrays.copyOf(values, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    buckets = new int[capacity * 4];
    for (int i = 0; i < size; i++) {
      place(i);
    }
  }

  private void place(int entry) {
    int mask = buckets.length - 1;
    int b = hashes[entry] & mask;
    while (buckets[b] != 0) {
      b = b + 1 & mask;
    }
    buckets[b] = entry + 1;
  }

  @SuppressWarnings("unchecked")
  @Nullable V value(int entry) {
    return (V) values[entry];
  }

  void setValue(int entry, V value) {
    values[entry] = value;
  }

  byte[] key(int entry) {
    return keys[entry];
  }
}
