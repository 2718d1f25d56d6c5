package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Store;
import io.vaquita.transaction.OverlayTree.Version;
import org.jspecify.annotations.Nullable;

/**
 * One committed version of all trees with a transaction's own writes laid over it. Confined to the transaction's thread.
 *
 * <p>Temporary tables are read as they are now: nobody but the session's own commits changes them.
 */
final class View implements Reader {
  private final Snapshot snapshot;
  private final WriteSet writes;

  private final @Nullable TemporaryStore temporary;
  private final Store store;

  View(Store store, Snapshot snapshot, WriteSet writes, @Nullable TemporaryStore temporary) {
    this.store = store;
    this.snapshot = snapshot;
    this.writes = writes;
    this.temporary = temporary;
  }

  private Snapshot committed(int tree) {
    return TemporaryStore.has(tree) ? TemporaryStore.required(temporary).snapshot() : snapshot;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public byte @Nullable [] get(int tree, byte[] key) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return committed(tree).get(tree, key);
    }
    Version own = overlay.get(key);
    if (own != null) {
      return own.value();
    }
    return overlay.hidesCommitted() ? null : committed(tree).get(tree, key);
  }

  @Override
  public byte @Nullable [] getOnly(int tree, byte[] key) {
    Overlay overlay = writes.overlay(tree);
    byte[] value = overlay == null ? null : overlay.everWritten(key);
    if (value == null) {
      value = committed(tree).get(tree, key);
    }
    // An own row may be made of one that others have committed since the view's moment, and refer
    // to what that has.
    return value != null || writes.isEmpty() ? value : store.snapshot().get(tree, key);
  }

  @Override
  public Cursor cursor(int tree) {
    Overlay overlay = writes.overlay(tree);
    boolean nothingOwn = overlay == null || (overlay.size() == 0 && !overlay.hidesCommitted());
    return nothingOwn || overlay == null
        ? committed(tree).cursor(tree)
        : overlay.over(committed(tree).cursor(tree), writes);
  }

  @Override
  public long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to) {
    Overlay overlay = writes.overlay(tree);
    if (overlay == null) {
      return committed(tree).estimateCount(tree, from, to);
    }
    long own = overlay.estimateCount(from, to);
    return overlay.hidesCommitted() ? own : own + committed(tree).estimateCount(tree, from, to);
  }
}
