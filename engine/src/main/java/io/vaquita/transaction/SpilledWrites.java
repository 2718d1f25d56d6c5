package io.vaquita.transaction;

import io.vaquita.store.ByteRange;
import io.vaquita.store.ChangeStream;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.TemporaryTrees;
import io.vaquita.store.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a transaction that are too many for memory, in temporary trees: one for each tree written, and one that says how each
 * write is undone. Confined to the transaction's thread; while it commits, to the store's.
 *
 * <pre>
 *   undo: key = number of the write, 8 bytes          value = 0, tree                          a clearing
 *                                                           1, tree, key length, key           the key was not written before
 *                                                           2, tree, key length, key, before   the entry that stood there
 * </pre>
 */
final class SpilledWrites {
  private static final int UNDO_SLOT = 1;
  private static final byte UNDO_CLEAR = 0;
  private static final byte UNDO_NEW = 1;
  private static final byte UNDO_OLD = 2;

  private final TemporaryTrees trees;

  /** By tree, in order: a commit writes them so. */
  private final TreeMap<Integer, SpilledOverlay> overlays = new TreeMap<>();

  /** Overlays that a clearing put away, by its number. */
  private final Map<Long, SpilledOverlay> cleared = new HashMap<>();

  private final HeldValues held = new HeldValues();

  private int nextSlot = SpilledOverlay.LARGE_SLOT + 1;

  SpilledWrites(TemporaryTrees trees) {
    this.trees = trees;
  }

  @Nullable SpilledOverlay overlay(int tree) {
    return overlays.get(tree);
  }

  Collection<SpilledOverlay> overlays() {
    return overlays.values();
  }

  private SpilledOverlay newOverlay(int tree, boolean hidesCommitted) {
    return new SpilledOverlay(trees, tree, nextSlot++, hidesCommitted, held);
  }

  void write(int tree, byte[] key, byte @Nullable [] value, long number) {
    SpilledOverlay overlay = overlays.get(tree);
    if (overlay == null) {
      overlay = newOverlay(tree, false);
      overlays.put(tree, overlay);
    }
    byte[] numberKey = numberKey(number);
    byte[] before = overlay.write(key, value, numberKey);
    ByteBuffer undo = ByteBuffer.allocate(9 + key.length + (before == null ? 0 : before.length));
    undo.put(before == null ? UNDO_NEW : UNDO_OLD).putInt(tree).putInt(key.length).put(key);
    if (before != null) {
      undo.put(before);
    }
    trees.put(UNDO_SLOT, numberKey, undo.array());
  }

  void clear(int tree, long number) {
    SpilledOverlay before = overlays.put(tree, newOverlay(tree, true));
    if (before != null) {
      cleared.put(number, before);
    }
    trees.put(
        UNDO_SLOT, numberKey(number), ByteBuffer.allocate(5).put(UNDO_CLEAR).putInt(tree).array());
  }

  /** Answers the tree in which a write was undone, or -1 where it was a clearing. */
  int undo(long number) {
    byte[] numberKey = numberKey(number);
    byte[] record = trees.get(UNDO_SLOT, numberKey);
    if (record == null) {
      throw new IllegalStateException("undo of a write that was not made");
    }
    ByteBuffer undo = ByteBuffer.wrap(record);
    byte kind = undo.get();
    int tree = undo.getInt();
    if (kind == UNDO_CLEAR) {
      SpilledOverlay before = cleared.remove(number);
      overlays.put(tree, before == null ? newOverlay(tree, false) : before);
    } else {
      byte[] key = new byte[undo.getInt()];
      undo.get(key);
      byte[] before =
          kind == UNDO_NEW ? null : Arrays.copyOfRange(record, undo.position(), record.length);
      SpilledOverlay overlay = overlays.get(tree);
      if (overlay == null) {
        throw new IllegalStateException("undo of a write to a tree without writes");
      }
      overlay.undo(key, before, numberKey);
    }
    trees.delete(UNDO_SLOT, numberKey);
    return kind == UNDO_CLEAR ? -1 : tree;
  }

  private static byte[] numberKey(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** The net changes of some trees, by tree and key. */
  ChangeStream changes(IntPredicate trees) {
    Iterator<SpilledOverlay> left =
        overlays.values().stream().filter(o -> trees.test(o.tree())).iterator();
    return new ChangeStream() {
      private @Nullable SpilledOverlay overlay;
      private @Nullable Snapshot snapshot;
      private @Nullable Cursor cursor;
      private boolean hasEntry;

      @Override
      public @Nullable WriteBatch next() {
        WriteBatch piece = new WriteBatch();
        while (!piece.isFull() && (hasEntry || left.hasNext())) {
          if (!hasEntry) {
            begin(left.next(), piece);
          } else {
            take(piece);
          }
        }
        return piece.isEmpty() ? null : piece;
      }

      private void begin(SpilledOverlay following, WriteBatch piece) {
        if (following.hidesCommitted()) {
          piece.clearTree(following.tree());
        }
        Snapshot now = following.snapshot();
        snapshot = now;
        Cursor own = following.own(now);
        hasEntry = own.first();
        overlay = following;
        cursor = own;
      }

      private void take(WriteBatch piece) {
        SpilledOverlay o = overlay;
        Cursor c = cursor;
        Snapshot all = snapshot;
        if (o == null || c == null || all == null) {
          throw new IllegalStateException("an entry of no overlay");
        }
        int from = c.keyOffset();
        byte[] key = Arrays.copyOfRange(c.keyArray(), from, from + c.keyLength());
        if (!SpilledOverlay.isDeletion(c)) {
          piece.put(o.tree(), key, bytes(o.value(c, all)));
        } else if (!o.hidesCommitted()) {
          piece.delete(o.tree(), key);
        }
        hasEntry = c.next();
      }
    };
  }

  /** A value alone in its array: large ones are already. */
  private static byte[] bytes(ByteRange value) {
    return value.length() == value.array().length ? value.array() : value.copy();
  }

  void close() {
    trees.close();
  }
}
