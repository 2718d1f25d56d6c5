package io.vaquita.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a tree page: the one place that knows where everything is. Stateless; thread-safe for pages that nobody writes.
 *
 * <pre>
 *   0  u32  CRC-32C of bytes 4 to the end        16  u32  tree number
 *   4  u8   kind: 1 leaf, 2 branch, 3 leaf with   20  u32  heap: offset of the lowest entry
 *          overflow values
 *   5  u8   level: 0 leaf                        24  u32  garbage: dead bytes between heap and end
 *   6  u16  count of entries                     28  u16  slot of the last insert
 *   8  u64  location of this page                30  u16  inserts in a row that followed each other
 *  32  u16 slots[count], growing up; free space; heap of entries, growing down from the end
 *
 *   leaf entry:    u16 key length, u16 value length (0xFFFF: overflow), key, value or (u64 location, u32 length)
 *   branch entry:  u16 key length, u64 location of the child, u64 count below it (bit 63: overflow values below), key
 * </pre>
 *
 * Integers are little-endian. The key of a branch's entry 0 counts as smaller than any key, whatever its bytes. Checksum and locations
 * are filled in when a checkpoint writes the page: readers of a page in memory never look at them.
 */
final class PageLayout {
  static final int CHECKSUM = 0;
  static final int KIND = 4;
  static final int LEVEL = 5;
  static final int COUNT = 6;
  static final int LOCATION = 8;
  static final int TREE = 16;
  static final int HEAP = 20;
  static final int GARBAGE = 24;
  static final int LAST_INSERT = 28;
  static final int RUN = 30;
  static final int HEADER = 32;

  static final byte KIND_LEAF = 1;
  static final byte KIND_BRANCH = 2;

  /** A leaf some of whose values stand in pages of their own. */
  static final byte KIND_OVERFLOW_LEAF = 3;

  static final int SLOT_BYTES = 2;
  static final int LEAF_ENTRY_HEADER = 4;
  static final int BRANCH_ENTRY_HEADER = 18;
  static final int OVERFLOW_MARK = 0xFFFF;
  static final int OVERFLOW_REFERENCE_BYTES = 12;

  /** In a count of a branch entry: some leaf below has overflow values, so whoever frees the subtree must read its leaves. */
  static final long OVERFLOW_BELOW = 1L << 63;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private PageLayout() {}

  static int u16(byte[] b, int at) {
    return (short) SHORT.get(b, at) & 0xFFFF;
  }

  static void putU16(byte[] b, int at, int value) {
    SHORT.set(b, at, (short) value);
  }

  static int i32(byte[] b, int at) {
    return (int) INT.get(b, at);
  }

  static void putI32(byte[] b, int at, int value) {
    INT.set(b, at, value);
  }

  static long i64(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  static void putI64(byte[] b, int at, long value) {
    LONG.set(b, at, value);
  }

  static byte[] emptyPage(int capacity, int tree, int level) {
    byte[] b = new byte[capacity];
    b[KIND] = level == 0 ? KIND_LEAF : KIND_BRANCH;
    b[LEVEL] = (byte) level;
    putI32(b, TREE, tree);
    putI32(b, HEAP, capacity);
    return b;
  }

  static int level(byte[] b) {
    return b[LEVEL];
  }

  static boolean isLeaf(byte[] b) {
    return b[LEVEL] == 0;
  }

  /** Whether pages hang below this one: children of a branch, or overflow values. */
  static boolean hasChildren(byte[] b) {
    return b[KIND] != KIND_LEAF;
  }

  static int tree(byte[] b) {
    return i32(b, TREE);
  }

  static int count(byte[] b) {
    return u16(b, COUNT);
  }

  static int slot(byte[] b, int index) {
    return u16(b, HEADER + index * SLOT_BYTES);
  }

  /** Bytes between the slots and the heap. */
  static int gap(byte[] b) {
    return i32(b, HEAP) - HEADER - count(b) * SLOT_BYTES;
  }

  /** Bytes that would be used if the page had no garbage. */
  static int used(byte[] b) {
    return b.length - gap(b) - i32(b, GARBAGE);
  }

  static int leafKeyOffset(int entry) {
    return entry + LEAF_ENTRY_HEADER;
  }

  static int keyLength(byte[] b, int entry) {
    return u16(b, entry);
  }

  static int keyOffset(byte[] b, int entry) {
    return entry + (isLeaf(b) ? LEAF_ENTRY_HEADER : BRANCH_ENTRY_HEADER);
  }

  static boolean isOverflow(byte[] b, int entry) {
    return u16(b, entry + 2) == OVERFLOW_MARK;
  }

  /** Offset of a leaf entry's value, or of its overflow reference. */
  static int valueOffset(byte[] b, int entry) {
    return entry + LEAF_ENTRY_HEADER + u16(b, entry);
  }

  static int valueLength(byte[] b, int entry) {
    int n = u16(b, entry + 2);
    return n == OVERFLOW_MARK ? i32(b, valueOffset(b, entry) + 8) : n;
  }

  static int entryBytes(byte[] b, int entry) {
    int key = u16(b, entry);
    if (!isLeaf(b)) {
      return BRANCH_ENTRY_HEADER + key;
    }
    int value = u16(b, entry + 2);
    return LEAF_ENTRY_HEADER + key + (value == OVERFLOW_MARK ? OVERFLOW_REFERENCE_BYTES : value);
  }

  static long childLocation(byte[] b, int index) {
    return i64(b, slot(b, index) + 2);
  }

  /** Where entry {@code index} of a branch has its child, or of a leaf its overflow value. */
  static void putReference(byte[] b, int index, long location) {
    int entry = slot(b, index);
    putI64(b, isLeaf(b) ? valueOffset(b, entry) : entry + 2, location);
  }

  /** Count and flag of a branch's entry. */
  static long childCountField(byte[] b, int index) {
    return i64(b, slot(b, index) + 10);
  }

  static long childCount(byte[] b, int index) {
    return childCountField(b, index) & ~OVERFLOW_BELOW;
  }

  static void putChildCountField(byte[] b, int index, long value) {
    putI64(b, slot(b, index) + 10, value);
  }

  /** Unsigned byte order of a range against a whole array. Eight bytes at a time: keys are short, so no call is worth its price. */
  static int compare(byte[] b, int offset, int length, byte[] key) {
    int n = Math.min(length, key.length);
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      long x = (long) LONG_BIG_ENDIAN.get(b, offset + i);
      long y = (long) LONG_BIG_ENDIAN.get(key, i);
      if (x != y) {
        return Long.compareUnsigned(x, y);
      }
    }
    for (; i < n; i++) {
      int d = (b[offset + i] & 0xFF) - (key[i] & 0xFF);
      if (d != 0) {
        return d;
      }
    }
    return length - key.length;
  }

  /** Index of the leaf entry with this key, or {@code -1 - index} of the first one with a greater key. */
  static int find(byte[] b, byte[] key) {
    int low = 0;
    int high = count(b) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int entry = slot(b, middle);
      int c = compare(b, entry + LEAF_ENTRY_HEADER, u16(b, entry), key);
      if (c < 0) {
        low = middle + 1;
      } else if (c > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1 - low;
  }

  /** Index of the first leaf entry with a key {@code >= key}; the count when there is none. */
  static int lowerBound(byte[] b, byte[] key) {
    int found = find(b, key);
    return found >= 0 ? found : -1 - found;
  }

  /** Index of the branch entry whose child covers this key. */
  static int childIndex(byte[] b, byte[] key) {
    int low = 1;
    int high = count(b) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int entry = slot(b, middle);
      if (compare(b, entry + BRANCH_ENTRY_HEADER, u16(b, entry), key) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low - 1;
  }
}
