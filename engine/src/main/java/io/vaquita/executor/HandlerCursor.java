package io.vaquita.executor;

import org.jspecify.annotations.Nullable;

/**
 * Where an open HANDLER stands: in which index, and at which entry. It outlives statements and transactions, for it is a key and no
 * cursor of a tree. Confined to the session's thread.
 */
public final class HandlerCursor {
  /** The rows in their natural order: the clustered index, at a place of its own. */
  public static final int NATURAL = -1;

  private static final int NOWHERE = -2;

  private int index = NOWHERE;
  private byte[] key = {};
  private boolean behindLast;

  /** Forgets the place. */
  public void reset() {
    index = NOWHERE;
  }

  boolean isIn(int number) {
    return index == number;
  }

  void at(int number, byte[] entry) {
    index = number;
    key = entry;
    behindLast = false;
  }

  void beforeFirst(int number) {
    at(number, new byte[0]);
  }

  void behindLast(int number) {
    index = number;
    behindLast = true;
  }

  /** The entry's key: empty before the first entry, null behind the last one. */
  byte @Nullable [] key() {
    return behindLast ? null : key;
  }
}
