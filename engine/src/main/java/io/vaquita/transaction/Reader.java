package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads of one view of all trees, own writes merged in. Confined to the transaction's thread. */
public interface Reader {
  byte @Nullable [] get(int tree, byte[] key);

  /**
   * The value of a key that gets one value and never another. Found as well when the transaction has deleted the key since it made, or read,
   * what refers to it: whoever holds a row of an earlier moment still gets what belongs to that row. And found when an own row refers to
   * what others have committed after the view's moment.
   */
  default byte @Nullable [] getOnly(int tree, byte[] key) {
    return get(tree, key);
  }

  /**
   * A cursor that never meets writes which the transaction makes after the cursor was positioned. To see them, open a new one: a
   * cursor over a tree in which the transaction had written nothing yet is the store's own.
   */
  Cursor cursor(int tree);

  /** For the planner; see {@link io.vaquita.store.Snapshot#estimateCount}. */
  long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to);
}
