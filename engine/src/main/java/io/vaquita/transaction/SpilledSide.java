package io.vaquita.transaction;

import io.vaquita.store.ByteRange;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Own writes in temporary trees: a snapshot of them, taken with each positioning, so nothing moves under it. Confined to the transaction's thread. */
final class SpilledSide implements OwnSide {
  private final SpilledOverlay overlay;
  private Snapshot snapshot;
  private Cursor cursor;

  /** The current entry's value, once it was asked for. */
  private @Nullable ByteRange value;

  SpilledSide(SpilledOverlay overlay) {
    this.overlay = overlay;
    this.snapshot = overlay.snapshot();
    this.cursor = overlay.own(snapshot);
  }

  private void begin() {
    snapshot = overlay.snapshot();
    cursor = overlay.own(snapshot);
    value = null;
  }

  @Override
  public boolean first() {
    begin();
    return cursor.first();
  }

  @Override
  public boolean last() {
    begin();
    return cursor.last();
  }

  @Override
  public boolean seek(byte[] key) {
    begin();
    return cursor.seek(key);
  }

  @Override
  public boolean seekBefore(byte[] key) {
    begin();
    return cursor.seekBefore(key);
  }

  @Override
  public boolean step(boolean forward) {
    value = null;
    return forward ? cursor.next() : cursor.previous();
  }

  @Override
  public boolean seekBeyond(byte[] key, boolean forward) {
    value = null;
    boolean found = forward ? cursor.seek(key) : cursor.seekBefore(key);
    int from = found ? cursor.keyOffset() : 0;
    boolean isSame =
        found
            && Arrays.equals(
                cursor.keyArray(), from, from + cursor.keyLength(), key, 0, key.length);
    return isSame ? step(forward) : found;
  }

  @Override
  public boolean isStale() {
    return false;
  }

  @Override
  public byte[] keyArray() {
    return cursor.keyArray();
  }

  @Override
  public int keyOffset() {
    return cursor.keyOffset();
  }

  @Override
  public int keyLength() {
    return cursor.keyLength();
  }

  @Override
  public boolean isDeletion() {
    return SpilledOverlay.isDeletion(cursor);
  }

  private ByteRange value() {
    ByteRange v = value;
    if (v == null) {
      v = overlay.value(cursor, snapshot);
      value = v;
    }
    return v;
  }

  @Override
  public byte[] valueArray() {
    return value().array();
  }

  @Override
  public int valueOffset() {
    return value().offset();
  }

  @Override
  public int valueLength() {
    return value().length();
  }
}
