package io.vaquita.transaction;

import io.vaquita.transaction.OverlayTree.Version;
import org.jspecify.annotations.Nullable;

/**
 * Own writes in memory. Confined to the transaction's thread.
 *
 * <p>Positioning remembers the write count; versions written later are not seen. Writes may move entries under the position: the overlay
 * counts such changes.
 */
final class OverlaySide implements OwnSide {
  private static final byte[] EMPTY = new byte[0];

  private final OverlayTree overlay;
  private final WriteSet writes;
  private long asOf;
  private int structureSeen;
  private long position = -1;
  private byte[] key = EMPTY;
  private byte @Nullable [] value;

  OverlaySide(OverlayTree overlay, WriteSet writes) {
    this.overlay = overlay;
    this.writes = writes;
  }

  @Override
  public boolean first() {
    begin();
    return settle(overlay.first(), true);
  }

  @Override
  public boolean last() {
    begin();
    return settle(overlay.last(), false);
  }

  @Override
  public boolean seek(byte[] sought) {
    begin();
    return settle(overlay.seek(sought, false), true);
  }

  @Override
  public boolean seekBefore(byte[] sought) {
    begin();
    return settle(overlay.seekBefore(sought, false), false);
  }

  private void begin() {
    asOf = writes.writeCount();
    structureSeen = overlay.structureChanges();
  }

  @Override
  public boolean step(boolean forward) {
    return settle(beside(position, forward), forward);
  }

  @Override
  public boolean seekBeyond(byte[] sought, boolean forward) {
    structureSeen = overlay.structureChanges();
    return settle(forward ? overlay.seek(sought, true) : overlay.seekBefore(sought, true), forward);
  }

  @Override
  public boolean isStale() {
    return structureSeen != overlay.structureChanges();
  }

  private long beside(long from, boolean forward) {
    return forward ? overlay.next(from) : overlay.previous(from);
  }

  /** To the first entry from here on that had been written when the position was taken. */
  private boolean settle(long from, boolean forward) {
    position = from;
    while (position >= 0) {
      Version version = overlay.version(position);
      while (version != null && version.stamp() > asOf) {
        version = version.older();
      }
      if (version != null) {
        key = overlay.key(position);
        value = version.value();
        return true;
      }
      position = beside(position, forward);
    }
    return false;
  }

  @Override
  public byte[] keyArray() {
    return key;
  }

  @Override
  public int keyOffset() {
    return 0;
  }

  @Override
  public int keyLength() {
    return key.length;
  }

  @Override
  public boolean isDeletion() {
    return value == null;
  }

  @Override
  public byte[] valueArray() {
    byte[] v = value;
    return v == null ? EMPTY : v;
  }

  @Override
  public int valueOffset() {
    return 0;
  }

  @Override
  public int valueLength() {
    return valueArray().length;
  }
}
