package io.vaquita.store;

import static io.vaquita.store.PageLayout.BRANCH_ENTRY_HEADER;
import static io.vaquita.store.PageLayout.COUNT;
import static io.vaquita.store.PageLayout.GARBAGE;
import static io.vaquita.store.PageLayout.HEADER;
import static io.vaquita.store.PageLayout.HEAP;
import static io.vaquita.store.PageLayout.LEAF_ENTRY_HEADER;
import static io.vaquita.store.PageLayout.OVERFLOW_MARK;
import static io.vaquita.store.PageLayout.OVERFLOW_REFERENCE_BYTES;
import static io.vaquita.store.PageLayout.SLOT_BYTES;
import static io.vaquita.store.PageLayout.i32;
import static io.vaquita.store.PageLayout.putI32;
import static io.vaquita.store.PageLayout.putI64;
import static io.vaquita.store.PageLayout.putU16;

/**
 * Changes to the bytes of pages under construction. Stateless; the pages are confined to the caller. Callers see to it that there is
 * room.
 */
final class PageWriter {
  private PageWriter() {}

  static int leafEntryBytes(int keyLength, int valueBytes) {
    return LEAF_ENTRY_HEADER + keyLength + valueBytes;
  }

  static void insertInPlace(byte[] b, int index, byte[] key, byte[] value) {
    int entry = newLeafEntry(b, index, key, value.length);
    putU16(b, entry + 2, value.length);
    System.arraycopy(value, 0, b, entry + LEAF_ENTRY_HEADER + key.length, value.length);
  }

  /** An entry whose value stands elsewhere; its location is filled in when it has one. */
  static void insertOverflow(byte[] b, int index, byte[] key, int valueLength) {
    int entry = newLeafEntry(b, index, key, OVERFLOW_REFERENCE_BYTES);
    putU16(b, entry + 2, OVERFLOW_MARK);
    int reference = entry + LEAF_ENTRY_HEADER + key.length;
    putI64(b, reference, 0);
    putI32(b, reference + 8, valueLength);
  }

  private static int newLeafEntry(byte[] b, int index, byte[] key, int valueBytes) {
    int entry = openSlot(b, index, leafEntryBytes(key.length, valueBytes));
    putU16(b, entry, key.length);
    System.arraycopy(key, 0, b, entry + LEAF_ENTRY_HEADER, key.length);
    return entry;
  }

  static void insertChild(
      byte[] b, int index, byte[] key, int keyOffset, int keyLength, long countField) {
    int entry = openSlot(b, index, BRANCH_ENTRY_HEADER + keyLength);
    putU16(b, entry, keyLength);
    putI64(b, entry + 2, 0);
    putI64(b, entry + 10, countField);
    System.arraycopy(key, keyOffset, b, entry + BRANCH_ENTRY_HEADER, keyLength);
  }

  /** Makes room in heap and slots; returns where the entry's bytes go. */
  private static int openSlot(byte[] b, int index, int entryBytes) {
    int count = PageLayout.count(b);
    int entry = i32(b, HEAP) - entryBytes;
    int slot = HEADER + index * SLOT_BYTES;
    System.arraycopy(b, slot, b, slot + SLOT_BYTES, (count - index) * SLOT_BYTES);
    putU16(b, slot, entry);
    putU16(b, COUNT, count + 1);
    putI32(b, HEAP, entry);
    return entry;
  }

  static void remove(byte[] b, int index) {
    removeRange(b, index, index + 1);
  }

  /** Removes entries {@code from <= index < to}. */
  static void removeRange(byte[] b, int from, int to) {
    int count = PageLayout.count(b);
    int garbage = i32(b, GARBAGE);
    for (int i = from; i < to; i++) {
      garbage += PageLayout.entryBytes(b, PageLayout.slot(b, i));
    }
    putI32(b, GARBAGE, garbage);
    int slot = HEADER + from * SLOT_BYTES;
    System.arraycopy(b, HEADER + to * SLOT_BYTES, b, slot, (count - to) * SLOT_BYTES);
    putU16(b, COUNT, count - (to - from));
  }

  /** Writes a value of the same or smaller length over the one in place. */
  static void overwriteValue(byte[] b, int entry, byte[] value) {
    int garbage = PageLayout.u16(b, entry + 2) - value.length;
    System.arraycopy(value, 0, b, PageLayout.valueOffset(b, entry), value.length);
    putU16(b, entry + 2, value.length);
    putI32(b, GARBAGE, i32(b, GARBAGE) + garbage);
  }

  /** A new page with the same entries, no garbage, and this capacity. */
  static byte[] rebuild(byte[] b, int capacity) {
    byte[] target = PageLayout.emptyPage(capacity, PageLayout.tree(b), PageLayout.level(b));
    append(b, 0, PageLayout.count(b), target);
    target[PageLayout.KIND] = b[PageLayout.KIND];
    putI32(target, PageLayout.LAST_INSERT, i32(b, PageLayout.LAST_INSERT));
    return target;
  }

  /** Copies entries {@code from <= index < to} behind those of another page of the same level. */
  static void append(byte[] source, int from, int to, byte[] target) {
    int count = PageLayout.count(target);
    int heap = i32(target, HEAP);
    for (int i = from; i < to; i++) {
      int entry = PageLayout.slot(source, i);
      int n = PageLayout.entryBytes(source, entry);
      heap -= n;
      System.arraycopy(source, entry, target, heap, n);
      putU16(target, HEADER + count * SLOT_BYTES, heap);
      count++;
    }
    putI32(target, HEAP, heap);
    putU16(target, COUNT, count);
  }

  /** Bytes that entries and their slots take. */
  static int bytesOf(byte[] b, int from, int to) {
    int n = (to - from) * SLOT_BYTES;
    for (int i = from; i < to; i++) {
      n += PageLayout.entryBytes(b, PageLayout.slot(b, i));
    }
    return n;
  }

  /** The index at which a split leaves about half of the bytes on each side; at least one entry on each. */
  static int middle(byte[] b) {
    int count = PageLayout.count(b);
    int half = (PageLayout.used(b) - HEADER) / 2;
    int bytes = 0;
    int i = 0;
    while (i < count - 1) {
      bytes += SLOT_BYTES + PageLayout.entryBytes(b, PageLayout.slot(b, i));
      i++;
      if (bytes >= half) {
        break;
      }
    }
    return Math.max(1, i);
  }

  /** The shortest bytes that are greater than {@code left} and not greater than {@code right}; {@code left < right}. */
  static byte[] separator(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    int n = Math.min(leftLength, rightLength);
    int i = 0;
    while (i < n && left[leftOffset + i] == right[rightOffset + i]) {
      i++;
    }
    byte[] separator = new byte[Math.min(i + 1, rightLength)];
    System.arraycopy(right, rightOffset, separator, 0, separator.length);
    return separator;
  }
}
