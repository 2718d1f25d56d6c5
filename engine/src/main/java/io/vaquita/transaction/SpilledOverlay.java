package io.vaquita.transaction;

import io.vaquita.store.ByteRange;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.TemporaryTrees;
import io.vaquita.transaction.OverlayTree.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An overlay that stands in temporary trees: each key with a byte that says what it is, and its value. Confined to the transaction's
 * thread.
 *
 * <pre>
 *   entry:  0, before   the key is deleted; before: the entry that had its value, nothing when it was not written
 *           1, value    it is there
 *           2, number   it is there; its value, a large one, is what {@link #LARGE_SLOT} has under the number of the write (8 bytes)
 * </pre>
 *
 * Large values stand alone so that they are not copied for the sake of one byte, nor for the sake of undoing what was written after them.
 */
final class SpilledOverlay implements Overlay {
  /** Number of the temporary tree that has the large values of all overlays. */
  static final int LARGE_SLOT = 2;

  private static final byte DELETED = 0;
  private static final byte PRESENT = 1;
  private static final byte LARGE = 2;
  private static final int LARGE_BYTES = 1 << 14;

  private final TemporaryTrees trees;
  private final int tree;

  /** Its number among the temporary trees. */
  private final int slot;

  private final boolean hidesCommitted;

  /** Of all overlays of the transaction. */
  private final HeldValues held;

  private long size;

  SpilledOverlay(
      TemporaryTrees trees, int tree, int slot, boolean hidesCommitted, HeldValues held) {
    this.trees = trees;
    this.held = held;
    this.tree = tree;
    this.slot = slot;
    this.hidesCommitted = hidesCommitted;
  }

  @Override
  public int tree() {
    return tree;
  }

  @Override
  public boolean hidesCommitted() {
    return hidesCommitted;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public @Nullable Version get(byte[] key) {
    byte[] entry = trees.get(slot, key);
    return entry == null ? null : new Version(valueOf(entry), 0, null);
  }

  private byte @Nullable [] valueOf(byte[] entry) {
    byte[] rest = Arrays.copyOfRange(entry, 1, entry.length);
    return switch (entry[0]) {
      case DELETED -> null;
      case LARGE -> {
        byte[] value = held.get(rest);
        yield value == null ? trees.get(LARGE_SLOT, rest) : value;
      }
      default -> rest;
    };
  }

  @Override
  public byte @Nullable [] everWritten(byte[] key) {
    byte[] entry = trees.get(slot, key);
    if (entry != null && entry[0] == DELETED) {
      entry = entry.length == 1 ? null : Arrays.copyOfRange(entry, 1, entry.length);
    }
    return entry == null ? null : valueOf(entry);
  }

  static boolean isDeletion(Cursor own) {
    return kind(own) == DELETED;
  }

  private static byte kind(Cursor own) {
    return own.valueArray()[own.valueOffset()];
  }

  /** The value of an entry that is no deletion, in place. */
  ByteRange value(Cursor own, Snapshot snapshot) {
    byte[] array = own.valueArray();
    int from = own.valueOffset() + 1;
    int length = own.valueLength() - 1;
    if (kind(own) != LARGE) {
      return new ByteRange(array, from, length);
    }
    byte[] number = Arrays.copyOfRange(array, from, from + length);
    byte[] value = held.get(number);
    if (value != null) {
      return new ByteRange(value, 0, value.length);
    }
    ByteRange large = snapshot.find(LARGE_SLOT, number);
    if (large == null) {
      throw new IllegalStateException("a large value of an open transaction is gone");
    }
    return large;
  }

  /** Returns the entry that stood there before: null when the key was not written. {@code number}: of the write. */
  byte @Nullable [] write(byte[] key, byte @Nullable [] value, byte[] number) {
    byte[] before = trees.get(slot, key);
    if (value == null) {
      trees.put(slot, key, deletionAfter(before));
    } else if (value.length >= LARGE_BYTES) {
      trees.put(LARGE_SLOT, number, value);
      held.add(number, value);
      trees.put(slot, key, entry(LARGE, number));
    } else {
      trees.put(slot, key, entry(PRESENT, value));
    }
    size += before == null ? 1 : 0;
    return before;
  }

  private static byte[] deletionAfter(byte @Nullable [] before) {
    return before == null
        ? new byte[] {DELETED}
        : before[0] == DELETED ? before : entry(DELETED, before);
  }

  private static byte[] entry(byte kind, byte[] rest) {
    byte[] entry = new byte[rest.length + 1];
    entry[0] = kind;
    System.arraycopy(rest, 0, entry, 1, rest.length);
    return entry;
  }

  /** {@code before}: what {@link #write} of that number returned. */
  void undo(byte[] key, byte @Nullable [] before, byte[] number) {
    if (before == null) {
      trees.delete(slot, key);
      size--;
    } else {
      trees.put(slot, key, before);
    }
    trees.delete(LARGE_SLOT, number);
    held.remove(number);
  }

  /** All own entries of all trees as they are now. */
  Snapshot snapshot() {
    return trees.snapshot();
  }

  Cursor own(Snapshot snapshot) {
    return snapshot.cursor(slot);
  }

  @Override
  public OwnEntries entries() {
    return new Walk(own(snapshot()));
  }

  @Override
  public Cursor over(Cursor committed, WriteSet writes) {
    return new MergedCursor(committed, new SpilledSide(this), hidesCommitted);
  }

  @Override
  public long estimateCount(byte @Nullable [] from, byte @Nullable [] to) {
    return trees.snapshot().estimateCount(slot, from, to);
  }

  private record Walk(Cursor cursor) implements OwnEntries {
    @Override
    public boolean first() {
      return cursor.first();
    }

    @Override
    public boolean last() {
      return cursor.last();
    }

    @Override
    public boolean seekBefore(byte[] key) {
      boolean found = cursor.seekBefore(key);
      return found && Arrays.equals(key(), key) ? cursor.previous() : found;
    }

    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public boolean previous() {
      return cursor.previous();
    }

    @Override
    public byte[] key() {
      int from = cursor.keyOffset();
      return Arrays.copyOfRange(cursor.keyArray(), from, from + cursor.keyLength());
    }

    @Override
    public boolean isDeletion() {
      return SpilledOverlay.isDeletion(cursor);
    }
  }
}
