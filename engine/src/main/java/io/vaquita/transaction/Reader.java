package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads of one view of all trees, own writes merged in. Confined to the transaction's thread. */
public interface Reader {
  byte @Nullable [] get(int tree, byte[] key);

  /**
   * A cursor that never meets writes which the transaction makes after the cursor was positioned. To see them, open a new one: a
   * cursor over a tree in which the transaction had written nothing yet is the store's own.
   */
  Cursor cursor(int tree);

  /** For the planner; see {@link io.vaquita.store.Snapshot#estimateCount}. */
  long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to);
}
