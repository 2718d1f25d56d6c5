package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import java.util.Arrays;

/**
 * A cursor over a committed tree with one transaction's own writes laid over it. Confined to the transaction's thread.
 *
 * <p>Going forward, the cursor beneath and the own side each stand at the first entry that was not handed out yet, and the smaller key is
 * the current one; going backward, mirrored. Where both have the key, the own one wins. A change of direction seeks both sides anew from
 * the current key. Writes that are made after positioning are not seen.
 */
final class MergedCursor implements Cursor {
  private final Cursor committed;
  private final OwnSide own;
  private final boolean hidesCommitted;

  private boolean forward = true;
  private boolean committedAtEntry;
  private boolean ownAtEntry;

  /** The current entry is an own one; otherwise, when positioned, of the committed tree. */
  private boolean currentIsOwn;

  private boolean positioned;

  /** {@code hidesCommitted}: the committed tree counts as empty. */
  MergedCursor(Cursor committed, OwnSide own, boolean hidesCommitted) {
    this.committed = committed;
    this.own = own;
    this.hidesCommitted = hidesCommitted;
  }

  @Override
  public boolean first() {
    forward = true;
    committedAtEntry = !hidesCommitted && committed.first();
    ownAtEntry = own.first();
    return settle();
  }

  @Override
  public boolean last() {
    forward = false;
    committedAtEntry = !hidesCommitted && committed.last();
    ownAtEntry = own.last();
    return settle();
  }

  @Override
  public boolean seek(byte[] key) {
    forward = true;
    committedAtEntry = !hidesCommitted && committed.seek(key);
    ownAtEntry = own.seek(key);
    return settle();
  }

  @Override
  public boolean seekBefore(byte[] key) {
    forward = false;
    committedAtEntry = !hidesCommitted && committed.seekBefore(key);
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
    } else if (own.isStale()) {
      // What the committed side stands at is still right.
      ownAtEntry = own.seekBeyond(currentKey(), forward);
      if (!currentIsOwn) {
        committedAtEntry = stepCommitted();
      }
    } else if (currentIsOwn) {
      ownAtEntry = own.step(forward);
    } else {
      committedAtEntry = stepCommitted();
    }
    return settle();
  }

  private void turn(boolean goForward) {
    byte[] current = currentKey();
    forward = goForward;
    ownAtEntry = own.seekBeyond(current, forward);
    if (hidesCommitted) {
      return;
    }
    committedAtEntry = goForward ? committed.seek(current) : committed.seekBefore(current);
    if (committedAtEntry && compareCommittedTo(current, 0, current.length) == 0) {
      committedAtEntry = stepCommitted();
    }
  }

  /** Makes the nearer of the two sides current, leaving out deletions. */
  private boolean settle() {
    while (ownAtEntry || committedAtEntry) {
      int order = ownAtEntry ? 1 : -1;
      if (ownAtEntry && committedAtEntry) {
        order = compareCommittedTo(own.keyArray(), own.keyOffset(), own.keyLength());
        order = forward ? order : -order;
      }
      if (order < 0) {
        return at(false);
      }
      if (order == 0) {
        committedAtEntry = stepCommitted();
      }
      if (!own.isDeletion()) {
        return at(true);
      }
      ownAtEntry = own.step(forward);
    }
    positioned = false;
    return false;
  }

  private boolean at(boolean isOwn) {
    currentIsOwn = isOwn;
    positioned = true;
    return true;
  }

  private boolean stepCommitted() {
    return forward ? committed.next() : committed.previous();
  }

  private int compareCommittedTo(byte[] key, int offset, int length) {
    int from = committed.keyOffset();
    return Arrays.compareUnsigned(
        committed.keyArray(), from, from + committed.keyLength(), key, offset, offset + length);
  }

  private byte[] currentKey() {
    int from = keyOffset();
    return Arrays.copyOfRange(keyArray(), from, from + keyLength());
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
    return currentIsOwn ? own.valueOffset() : committed.valueOffset();
  }

  @Override
  public int valueLength() {
    return currentIsOwn ? own.valueLength() : committed.valueLength();
  }
}
