package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import java.util.Arrays;

/**
 * A cursor over a committed tree with own writes laid over it that stand in temporary trees. Confined to the transaction's thread.
 *
 * <p>As {@link MergedCursor}, but easier: the own side is a snapshot, taken with each positioning, so nothing moves under it.
 */
final class SpilledCursor implements Cursor {
  private final Cursor committed;
  private final SpilledOverlay overlay;
  private Cursor own;
  private boolean forward = true;
  private boolean committedAtEntry;
  private boolean ownAtEntry;
  private boolean currentIsOwn;
  private boolean positioned;

  SpilledCursor(Cursor committed, SpilledOverlay overlay) {
    this.committed = committed;
    this.overlay = overlay;
    this.own = overlay.own();
  }

  private void start(boolean goForward) {
    own = overlay.own();
    forward = goForward;
  }

  @Override
  public boolean first() {
    start(true);
    committedAtEntry = !overlay.hidesCommitted() && committed.first();
    ownAtEntry = own.first();
    return settle();
  }

  @Override
  public boolean last() {
    start(false);
    committedAtEntry = !overlay.hidesCommitted() && committed.last();
    ownAtEntry = own.last();
    return settle();
  }

  @Override
  public boolean seek(byte[] key) {
    start(true);
    committedAtEntry = !overlay.hidesCommitted() && committed.seek(key);
    ownAtEntry = own.seek(key);
    return settle();
  }

  @Override
  public boolean seekBefore(byte[] key) {
    start(false);
    committedAtEntry = !overlay.hidesCommitted() && committed.seekBefore(key);
    ownAtEntry = own.seekBefore(key);
    return settle();
  }

  @Override
  public boolean next() {
    return step(true);
  }

  @Override
  public boolean previous() {
    return step(false);
  }

  private boolean step(boolean goForward) {
    if (!positioned) {
      return false;
    }
    if (forward != goForward) {
      turn(goForward);
    } else if (currentIsOwn) {
      ownAtEntry = move(own);
    } else {
      committedAtEntry = move(committed);
    }
    return settle();
  }

  private void turn(boolean goForward) {
    Cursor current = currentIsOwn ? own : committed;
    int from = current.keyOffset();
    byte[] key = Arrays.copyOfRange(current.keyArray(), from, from + current.keyLength());
    forward = goForward;
    ownAtEntry = seekBeyond(own, key);
    committedAtEntry = !overlay.hidesCommitted() && seekBeyond(committed, key);
  }

  /** To the nearest entry in the present direction that does not have this key. */
  private boolean seekBeyond(Cursor cursor, byte[] key) {
    boolean found = forward ? cursor.seek(key) : cursor.seekBefore(key);
    return found && compare(cursor, key, 0, key.length) == 0 ? move(cursor) : found;
  }

  private boolean move(Cursor cursor) {
    return forward ? cursor.next() : cursor.previous();
  }

  private static int compare(Cursor cursor, byte[] key, int offset, int length) {
    int from = cursor.keyOffset();
    return Arrays.compareUnsigned(
        cursor.keyArray(), from, from + cursor.keyLength(), key, offset, offset + length);
  }

  /** Makes the nearer of the two sides current, leaving out deletions. */
  private boolean settle() {
    while (ownAtEntry || committedAtEntry) {
      int order = ownAtEntry ? 1 : -1;
      if (ownAtEntry && committedAtEntry) {
        order = compare(committed, own.keyArray(), own.keyOffset(), own.keyLength());
        order = forward ? order : -order;
      }
      if (order < 0) {
        currentIsOwn = false;
        positioned = true;
        return true;
      }
      if (order == 0) {
        committedAtEntry = move(committed);
      }
      if (own.valueArray()[own.valueOffset()] == SpilledOverlay.PRESENT) {
        currentIsOwn = true;
        positioned = true;
        return true;
      }
      ownAtEntry = move(own);
    }
    positioned = false;
    return false;
  }

  @Override
  public byte[] keyArray() {
    return currentIsOwn ? own.keyArray() : committed.keyArray();
  }

  @Override
  public int keyOffset() {
    return currentIsOwn ? own.keyOffset() : committed.keyOffset();
  }

  @Override
  public int keyLength() {
    return currentIsOwn ? own.keyLength() : committed.keyLength();
  }

  @Override
  public byte[] valueArray() {
    return currentIsOwn ? own.valueArray() : committed.valueArray();
  }

  @Override
  public int valueOffset() {
    return currentIsOwn ? own.valueOffset() + 1 : committed.valueOffset();
  }

  @Override
  public int valueLength() {
    return currentIsOwn ? own.valueLength() - 1 : committed.valueLength();
  }
}
