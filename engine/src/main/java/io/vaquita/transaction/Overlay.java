package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import org.jspecify.annotations.Nullable;

/** What one transaction wrote to one tree, laid over what is committed. Confined to the transaction's thread. */
sealed interface Overlay permits OverlayTree, SpilledOverlay {
  int tree();

  /** Whether the committed tree beneath counts as empty: TRUNCATE. */
  boolean hidesCommitted();

  /** Keys written, deletions included. */
  long size();

  /** The newest version of a key, or null when it was not written. */
  OverlayTree.@Nullable Version get(byte[] key);

  /** The newest value that a key was given, also when it was deleted after that; null when it got none. */
  byte @Nullable [] everWritten(byte[] key);

  /** A walk over the written keys as they are now. */
  OwnEntries entries();

  /** The committed entries under the own ones. */
  Cursor over(Cursor committed, WriteSet writes);

  /** Roughly how many written keys lie in the range. */
  long estimateCount(byte @Nullable [] from, byte @Nullable [] to);
}
