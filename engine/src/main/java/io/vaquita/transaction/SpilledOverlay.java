package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import io.vaquita.store.TemporaryTrees;
import io.vaquita.transaction.OverlayTree.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An overlay that stands in temporary trees: each key with a byte that says whether it is there, and its value. Confined to the
 * transaction's thread.
 */
final class SpilledOverlay implements Overlay {
  static final byte DELETED = 0;
  static final byte PRESENT = 1;

  private final TemporaryTrees trees;
  private final int tree;

  /** Its number among the temporary trees. */
  private final int slot;

  private final boolean hidesCommitted;
  private long size;

  SpilledOverlay(TemporaryTrees trees, int tree, int slot, boolean hidesCommitted) {
    this.trees = trees;
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
    byte[] own = trees.get(slot, key);
    return own == null ? null : new Version(value(own, 0, own.length), 0, null);
  }

  static byte @Nullable [] value(byte[] b, int offset, int length) {
    return b[offset] == DELETED ? null : Arrays.copyOfRange(b, offset + 1, offset + length);
  }

  /** Returns what stood there before: null when the key was not written. */
  byte @Nullable [] write(byte[] key, byte @Nullable [] value) {
    byte[] before = trees.get(slot, key);
    byte[] own = new byte[value == null ? 1 : value.length + 1];
    if (value != null) {
      own[0] = PRESENT;
      System.arraycopy(value, 0, own, 1, value.length);
    }
    trees.put(slot, key, own);
    size += before == null ? 1 : 0;
    return before;
  }

  /** {@code before}: what {@link #write} returned. */
  void undo(byte[] key, byte @Nullable [] before) {
    if (before == null) {
      trees.delete(slot, key);
      size--;
    } else {
      trees.put(slot, key, before);
    }
  }

  /** A cursor over the own entries as they are now. */
  Cursor own() {
    return trees.snapshot().cursor(slot);
  }

  @Override
  public OwnEntries entries() {
    return new Walk(own());
  }

  @Override
  public Cursor over(Cursor committed, WriteSet writes) {
    return new SpilledCursor(committed, this);
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
      return cursor.valueArray()[cursor.valueOffset()] == DELETED;
    }
  }
}
