package io.vaquita.transaction;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.store.ChangeStream;
import io.vaquita.store.Store;
import io.vaquita.store.TemporaryTrees;
import io.vaquita.store.WriteBatch;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that one transaction wrote: an overlay per tree, and the order of the writes for undoing them. Confined to the transaction's
 * thread.
 *
 * <p>When they are too many for memory, they go on in {@link SpilledWrites}.
 *
 * <p>A savepoint is the number of writes made before it, which is also the stamp of the last of them.
 */
final class WriteSet {
  private static final int TREES_FIRST = 2;
  private static final int UNDO_FIRST = 4;

  /** What a write takes in memory besides key and value. */
  private static final int ENTRY_BYTES = 112;

  /** So many times more may be in memory where the store has no place for temporary trees, being in memory itself. */
  private static final int WITHOUT_FILES = 16;

  /** Shared, and never written: a transaction that only reads allocates no more than this object. */
  private static final OverlayTree[] NO_OVERLAYS = {};

  private static final byte[] @Nullable [] NO_KEYS = {};
  private static final int[] NO_TREES = {};

  private OverlayTree[] overlays = NO_OVERLAYS;
  private int overlayCount;

  // Undo, oldest first. A write has its overlay and key. A clearing has the overlay that it put
  // away, or null, and no key.
  private @Nullable OverlayTree[] undoOverlays = NO_OVERLAYS;
  private byte[] @Nullable [] undoKeys = NO_KEYS;
  private int[] undoTrees = NO_TREES;
  private int writeCount;

  /** Trees that hold rows, among those written; and how many of the writes are to them. */
  private int[] rowTrees = NO_TREES;

  private long rowChanges;

  private final @Nullable Store store;
  private final long bytesMax;
  private long bytes;

  /** From the moment on that there were too many for memory; what is above is empty then. */
  private @Nullable SpilledWrites spilled;

  /** An empty one that stays so. */
  WriteSet() {
    this(null, Long.MAX_VALUE / WITHOUT_FILES);
  }

  /** Beyond {@code bytesMax} bytes the writes go into temporary trees of the store. */
  WriteSet(@Nullable Store store, long bytesMax) {
    this.store = store;
    this.bytesMax = bytesMax;
  }

  int writeCount() {
    return writeCount;
  }

  /**
   * Changes of rows, as many as InnoDB would write undo records for: one for each row inserted, deleted or updated, however many indexes
   * it has, and two for one whose primary key changes.
   */
  long rowChanges() {
    return rowChanges;
  }

  /** As {@link #write}, of a row. */
  void writeRow(int tree, byte[] key, byte @Nullable [] value) {
    if (!isRowTree(tree)) {
      rowTrees = Arrays.copyOf(rowTrees, rowTrees.length + 1);
      rowTrees[rowTrees.length - 1] = tree;
    }
    write(tree, key, value);
    rowChanges++;
  }

  private boolean isRowTree(int tree) {
    for (int i = rowTrees.length - 1; i >= 0; i--) {
      if (rowTrees[i] == tree) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return writeCount == 0;
  }

  @Nullable Overlay overlay(int tree) {
    SpilledWrites s = spilled;
    return s != null ? s.overlay(tree) : overlayInMemory(tree);
  }

  private @Nullable OverlayTree overlayInMemory(int tree) {
    for (int i = 0; i < overlayCount; i++) {
      if (overlays[i].tree() == tree) {
        return overlays[i];
      }
    }
    return null;
  }

  /** Null stands for a deletion. */
  void write(int tree, byte[] key, byte @Nullable [] value) {
    SpilledWrites s = spilled;
    if (s != null) {
      s.write(tree, key, value, writeCount++);
      return;
    }
    OverlayTree overlay = overlayInMemory(tree);
    if (overlay == null) {
      overlay = new OverlayTree(tree, false);
      add(overlay);
    }
    log(tree, overlay, key);
    overlay.write(key, value, writeCount);
    count(bytesOf(key, value));
  }

  private static long bytesOf(byte[] key, byte @Nullable [] value) {
    return (long) ENTRY_BYTES + key.length + (value == null ? 0 : value.length);
  }

  void clear(int tree) {
    SpilledWrites s = spilled;
    if (s != null) {
      s.clear(tree, writeCount++);
      return;
    }
    OverlayTree before = overlayInMemory(tree);
    log(tree, before, null);
    OverlayTree after = new OverlayTree(tree, true);
    if (before == null) {
      add(after);
    } else {
      replace(before, after);
    }
  }

  void undoTo(long savepoint) {
    while (writeCount > savepoint) {
      writeCount--;
      SpilledWrites s = spilled;
      if (s != null) {
        uncount(s.undo(writeCount));
        continue;
      }
      OverlayTree overlay = undoOverlays[writeCount];
      byte[] key = undoKeys[writeCount];
      undoOverlays[writeCount] = null;
      undoKeys[writeCount] = null;
      if (key == null) {
        undoClear(undoTrees[writeCount], overlay);
      } else if (overlay != null) {
        uncount(overlay.tree());
        bytes -= bytesOf(key, overlay.undo(key).value());
      }
    }
  }

  private void uncount(int tree) {
    if (isRowTree(tree)) {
      rowChanges--;
    }
  }

  private void undoClear(int tree, @Nullable OverlayTree before) {
    OverlayTree cleared = overlayInMemory(tree);
    if (cleared == null) {
      throw new IllegalStateException("undo of a clearing that was not made");
    }
    replace(cleared, before == null ? new OverlayTree(tree, false) : before);
  }

  private void log(int tree, @Nullable OverlayTree overlay, byte @Nullable [] key) {
    if (writeCount == undoTrees.length) {
      int longer = Math.max(UNDO_FIRST, writeCount * 2);
      undoOverlays = Arrays.copyOf(undoOverlays, longer);
      undoKeys = Arrays.copyOf(undoKeys, longer);
      undoTrees = Arrays.copyOf(undoTrees, longer);
    }
    undoOverlays[writeCount] = overlay;
    undoKeys[writeCount] = key;
    undoTrees[writeCount] = tree;
    writeCount++;
  }

  private void add(OverlayTree overlay) {
    if (overlayCount == overlays.length) {
      overlays = Arrays.copyOf(overlays, Math.max(TREES_FIRST, overlayCount * 2));
    }
    overlays[overlayCount++] = overlay;
  }

  private void replace(OverlayTree before, OverlayTree after) {
    for (int i = 0; i < overlayCount; i++) {
      if (overlays[i].tree() == before.tree()) {
        overlays[i] = after;
      }
    }
  }

  /** All overlays, in no order. */
  Collection<? extends Overlay> overlays() {
    SpilledWrites s = spilled;
    if (s != null) {
      return s.overlays();
    }
    return overlayCount == 1
        ? List.of(overlays[0])
        : List.of(Arrays.copyOf(overlays, overlayCount));
  }

  /** Whether the writes are in files: then {@link #changes} has them, else {@link #toBatch}. */
  boolean isSpilled() {
    return spilled != null;
  }

  /** The net changes of some trees. */
  ChangeStream changes(IntPredicate trees) {
    SpilledWrites s = spilled;
    return s != null ? s.changes(trees) : ChangeStream.of(toBatch(trees));
  }

  /** Forgets everything, files included. */
  void close() {
    SpilledWrites s = spilled;
    if (s != null) {
      s.close();
    }
  }

  private void count(long entryBytes) {
    bytes += entryBytes;
    if (bytes > bytesMax && spilled == null) {
      spill();
    }
  }

  /** Writes everything again, in order, into temporary trees. Cursors that are open go on reading the overlays as they were. */
  private void spill() {
    TemporaryTrees trees = store == null ? null : store.temporaryTrees(bytesMax);
    if (trees == null) {
      if (bytes > bytesMax * WITHOUT_FILES) {
        throw tooLarge();
      }
      return;
    }
    SpilledWrites target = new SpilledWrites(trees);
    for (int number = 0; number < writeCount; number++) {
      OverlayTree overlay = undoOverlays[number];
      byte[] key = undoKeys[number];
      if (key == null) {
        target.clear(undoTrees[number], number);
      } else if (overlay != null) {
        target.write(undoTrees[number], key, overlay.valueAt(key, number + 1), number);
      }
    }
    spilled = target;
    overlays = NO_OVERLAYS;
    overlayCount = 0;
    undoOverlays = NO_OVERLAYS;
    undoKeys = NO_KEYS;
    undoTrees = NO_TREES;
  }

  /** Said where there are no files to go on in. */
  static DatabaseException tooLarge() {
    return new DatabaseException(
        MySqlError.ER_TRANS_CACHE_FULL,
        "Multi-statement transaction required more bytes of storage than memory allows; commit in"
            + " smaller parts or raise the heap");
  }

  /** The net changes, by tree and key. */
  WriteBatch toBatch() {
    return toBatch(tree -> true);
  }

  /** The net changes of some trees, by tree and key. */
  WriteBatch toBatch(IntPredicate trees) {
    WriteBatch batch = new WriteBatch();
    if (overlayCount == 1) {
      if (trees.test(overlays[0].tree())) {
        addTo(batch, overlays[0]);
      }
      return batch;
    }
    OverlayTree[] sorted = Arrays.copyOf(overlays, overlayCount);
    Arrays.sort(sorted, Comparator.comparingInt(OverlayTree::tree));
    for (OverlayTree overlay : sorted) {
      if (trees.test(overlay.tree())) {
        addTo(batch, overlay);
      }
    }
    return batch;
  }

  private static void addTo(WriteBatch batch, OverlayTree overlay) {
    if (overlay.hidesCommitted()) {
      batch.clearTree(overlay.tree());
    }
    for (long at = overlay.first(); at >= 0; at = overlay.next(at)) {
      byte[] value = overlay.version(at).value();
      if (value != null) {
        batch.put(overlay.tree(), overlay.key(at), value);
      } else if (!overlay.hidesCommitted()) {
        batch.delete(overlay.tree(), overlay.key(at));
      }
    }
  }
}
