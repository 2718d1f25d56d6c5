package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import io.vaquita.transaction.OverlayTree.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a committed tree with one transaction's own writes laid over it. Confined to the transaction's thread.
 *
 * <p>Going forward, the cursor beneath and the overlay position each stand at the first entry that was not handed out yet, and the
 * smaller key is the current one; going backward, mirrored. Where both have the key, the overlay's wins. A change of direction seeks
 * both sides anew from the current key. Positioning remembers the write count; versions written later are not seen.
 */
final class MergedCursor implements Cursor {
  private static final byte[] EMPTY = new byte[0];

  private final Cursor committed;
  private final WriteSet writes;
  private final OverlayTree overlay;

  private long asOf;
  private int structureSeen;
  private boolean forward = true;
  private boolean committedAtEntry;
  private long overlayPosition = -1;

  /** The current entry comes from the overlay; otherwise, when positioned, from the committed tree. */
  private boolean currentIsOwn;

  private boolean positioned;
  private byte[] ownKey = EMPTY;
  private byte[] ownValue = EMPTY;

  MergedCursor(Cursor committed, WriteSet writes, OverlayTree overlay) {
    this.committed = committed;
    this.writes = writes;
    this.overlay = overlay;
  }

  @Override
  public boolean first() {
    start(true);
    committedAtEntry = !overlay.hidesCommitted() && committed.first();
    overlayPosition = overlay.first();
    return settle();
  }

  @Override
  public boolean last() {
    start(false);
    committedAtEntry = !overlay.hidesCommitted() && committed.last();
    overlayPosition = overlay.last();
    return settle();
  }

  @Override
  public boolean seek(byte[] key) {
    start(true);
    committedAtEntry = !overlay.hidesCommitted() && committed.seek(key);
    overlayPosition = overlay.seek(key, false);
    return settle();
  }

  @Override
  public boolean seekBefore(byte[] key) {
    start(false);
    committedAtEntry = !overlay.hidesCommitted() && committed.seekBefore(key);
    overlayPosition = overlay.seekBefore(key, false);
    return settle();
  }

  private void start(boolean goForward) {
    asOf = writes.writeCount();
    structureSeen = overlay.structureChanges();
    forward = goForward;
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
    } else if (structureSeen == overlay.structureChanges()) {
      if (currentIsOwn) {
        overlayPosition = stepOverlay(overlayPosition);
      } else {
        committedAtEntry = stepCommitted();
      }
    } else {
      // The overlay moved under the position; what the committed side stands at is still right.
      byte[] current = currentIsOwn ? ownKey : committedKey();
      overlayPosition = seekOverlay(current, true);
      structureSeen = overlay.structureChanges();
      if (!currentIsOwn) {
        committedAtEntry = stepCommitted();
      }
    }
    return settle();
  }

  private void turn(boolean goForward) {
    byte[] current = currentIsOwn ? ownKey : committedKey();
    forward = goForward;
    structureSeen = overlay.structureChanges();
    overlayPosition = seekOverlay(current, true);
    if (overlay.hidesCommitted()) {
      return;
    }
    committedAtEntry = goForward ? committed.seek(current) : committed.seekBefore(current);
    if (committedAtEntry && compareCommittedTo(current) == 0) {
      committedAtEntry = stepCommitted();
    }
  }

  /** Makes the nearer of the two sides current, leaving out deletions and what was written after positioning. */
  private boolean settle() {
    while (true) {
      @Nullable Version own = visibleOwn();
      if (own == null && !committedAtEntry) {
        positioned = false;
        return false;
      }
      if (own == null) {
        currentIsOwn = false;
        positioned = true;
        return true;
      }
      byte[] key = overlay.key(overlayPosition);
      int order = committedAtEntry ? compareCommittedTo(key) : 1;
      if (committedAtEntry && !forward) {
        order = -order;
      }
      if (order < 0) {
        currentIsOwn = false;
        positioned = true;
        return true;
      }
      if (order == 0) {
        committedAtEntry = stepCommitted();
      }
      byte[] value = own.value();
      if (value != null) {
        ownKey = key;
        ownValue = value;
        currentIsOwn = true;
        positioned = true;
        return true;
      }
      overlayPosition = stepOverlay(overlayPosition);
    }
  }

  /** The version at the overlay's position that this cursor may see, after skipping entries without one; null at the end. */
  private @Nullable Version visibleOwn() {
    while (overlayPosition >= 0) {
      Version version = overlay.version(overlayPosition);
      while (version != null && version.stamp() > asOf) {
        version = version.older();
      }
      if (version != null) {
        return version;
      }
      overlayPosition = stepOverlay(overlayPosition);
    }
    return null;
  }

  private long stepOverlay(long position) {
    return forward ? overlay.next(position) : overlay.previous(position);
  }

  private long seekOverlay(byte[] key, boolean exclusive) {
    return forward ? overlay.seek(key, exclusive) : overlay.seekBefore(key, exclusive);
  }

  private boolean stepCommitted() {
    return forward ? committed.next() : committed.previous();
  }

  private int compareCommittedTo(byte[] key) {
    int from = committed.keyOffset();
    return Arrays.compareUnsigned(
        committed.keyArray(), from, from + committed.keyLength(), key, 0, key.length);
  }

  private byte[] committedKey() {
    int from = committed.keyOffset();
    return Arrays.copyOfRange(committed.keyArray(), from, from + committed.keyLength());
  }

  @Override
  public byte[] keyArray() {
    return currentIsOwn ? ownKey : committed.keyArray();
  }

  @Override
  public int keyOffset() {
    return currentIsOwn ? 0 : committed.keyOffset();
  }

  @Override
  public int keyLength() {
    return currentIsOwn ? ownKey.length : committed.keyLength();
  }

  @Override
  public byte[] valueArray() {
    return currentIsOwn ? ownValue : committed.valueArray();
  }

  @Override
  public int valueOffset() {
    return currentIsOwn ? 0 : committed.valueOffset();
  }

  @Override
  public int valueLength() {
    return currentIsOwn ? ownValue.length : committed.valueLength();
  }
}
