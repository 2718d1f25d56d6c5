package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/** An immutable version of all trees. Thread-safe; needs no closing: unreachable versions are the garbage collector's work. */
public interface Snapshot {
  long position();

  /** The value, or null. */
  byte @Nullable [] get(int tree, byte[] key);

  /** An unpositioned cursor over one tree. Confined to one thread at a time. */
  Cursor cursor(int tree);

  /** Entries in the tree; exact in memory, may be an estimate on files. */
  long entryCount(int tree);

  /** Rough number of entries with {@code from <= key < to} (null: no bound); reads at most two paths. For the planner. */
  long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to);
}
