package io.vaquita.transaction;

import io.vaquita.store.WriteBatch;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * All that one transaction wrote: an overlay per tree, and the order of the writes for undoing them. Confined to the transaction's
 * thread.
 *
 * <p>A savepoint is the number of writes made before it, which is also the stamp of the last of them.
 */
final class WriteSet {
  private static final int TREES_FIRST = 4;
  private static final int UNDO_FIRST = 16;

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

  int writeCount() {
    return writeCount;
  }

  boolean isEmpty() {
    return writeCount == 0;
  }

  @Nullable OverlayTree overlay(int tree) {
    for (int i = 0; i < overlayCount; i++) {
      if (overlays[i].tree() == tree) {
        return overlays[i];
      }
    }
    return null;
  }

  /** Null stands for a deletion. */
  void write(int tree, byte[] key, byte @Nullable [] value) {
    OverlayTree overlay = overlay(tree);
    if (overlay == null) {
      overlay = new OverlayTree(tree, false);
      add(overlay);
    }
    log(tree, overlay, key);
    overlay.write(key, value, writeCount);
  }

  void clear(int tree) {
    OverlayTree before = overlay(tree);
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
      OverlayTree overlay = undoOverlays[writeCount];
      byte[] key = undoKeys[writeCount];
      undoOverlays[writeCount] = null;
      undoKeys[writeCount] = null;
      if (key == null) {
        undoClear(undoTrees[writeCount], overlay);
      } else if (overlay != null) {
        overlay.undo(key);
      }
    }
  }

  private void undoClear(int tree, @Nullable OverlayTree before) {
    OverlayTree cleared = overlay(tree);
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

  int overlayCount() {
    return overlayCount;
  }

  OverlayTree overlayAt(int index) {
    return overlays[index];
  }

  /** The net changes, by tree and key. */
  WriteBatch toBatch() {
    WriteBatch batch = new WriteBatch();
    OverlayTree[] sorted = Arrays.copyOf(overlays, overlayCount);
    Arrays.sort(sorted, Comparator.comparingInt(OverlayTree::tree));
    for (OverlayTree overlay : sorted) {
      addTo(batch, overlay);
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
