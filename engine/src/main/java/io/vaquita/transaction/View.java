package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.transaction.OverlayTree.Version;
import org.jspecify.annotations.Nullable;

/** One committed version of all trees with a transaction's own writes laid over it. Confined to the transaction's thread. */
final class View implements Reader {
  private final Snapshot snapshot;
  private final WriteSet writes;

  View(Snapshot snapshot, WriteSet writes) {
    this.snapshot = snapshot;
    this.writes = writes;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public byte @Nullable [] get(int tree, byte[] key) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return snapshot.get(tree, key);
    }
    Version own = overlay.get(key);
    if (own != null) {
      return own.value();
    }
    return overlay.hidesCommitted() ? null : snapshot.get(tree, key);
  }

  @Override
  public Cursor cursor(int tree) {
    Overlay overlay = writes.overlay(tree);
    boolean nothingOwn = overlay == null || (overlay.size() == 0 && !overlay.hidesCommitted());
    return nothingOwn || overlay == null
        ? snapshot.cursor(tree)
        : overlay.over(snapshot.cursor(tree), writes);
  }

  @Override
  public long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return snapshot.estimateCount(tree, from, to);
    }
    long own = overlay.estimateCount(from, to);
    return overlay.hidesCommitted() ? own : own + snapshot.estimateCount(tree, from, to);
  }
}
