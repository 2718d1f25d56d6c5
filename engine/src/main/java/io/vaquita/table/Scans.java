package io.vaquita.table;

import io.vaquita.store.Cursor;
import java.util.Arrays;

/** Moves of cursors that scans share. Stateless. */
final class Scans {
  private Scans() {}

  /** To the last entry with a key {@code < key}. */
  static boolean seekBelow(Cursor cursor, byte[] key) {
    if (!cursor.seekBefore(key)) {
      return false;
    }
    return compareKey(cursor, key) < 0 || cursor.previous();
  }

  /** To the first entry with a key {@code > key}. */
  static boolean seekAbove(Cursor cursor, byte[] key) {
    if (!cursor.seek(key)) {
      return false;
    }
    return compareKey(cursor, key) > 0 || cursor.next();
  }

  static int compareKey(Cursor cursor, byte[] key) {
    int offset = cursor.keyOffset();
    return Arrays.compareUnsigned(
        cursor.keyArray(), offset, offset + cursor.keyLength(), key, 0, key.length);
  }

  static byte[] key(Cursor cursor) {
    int offset = cursor.keyOffset();
    return Arrays.copyOfRange(cursor.keyArray(), offset, offset + cursor.keyLength());
  }
}
