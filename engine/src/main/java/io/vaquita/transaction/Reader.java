package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads of one view of all trees, own writes merged in. Confined to the transaction's thread. */
public interface Reader {
  byte @Nullable [] get(int tree, byte[] key);

  /** Sees writes that the transaction makes while the cursor is open only after it is positioned anew. */
  Cursor cursor(int tree);

  /** For the planner; see {@link io.vaquita.store.Snapshot#estimateCount}. */
  long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to);
}
