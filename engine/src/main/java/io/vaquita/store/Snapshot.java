package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/** An immutable version of all trees. Thread-safe; needs no closing: unreachable versions are the garbage collector's work. */
public interface Snapshot {
  long position();

  /** The value, or null. A copy, or for a large value the shared array: not to be written. */
  byte @Nullable [] get(int tree, byte[] key);

  /** The value in place, or null. Allocates nothing but the result. */
  @Nullable ByteRange find(int tree, byte[] key);

  /** An unpositioned cursor over one tree. Confined to one thread at a time. */
  Cursor cursor(int tree);

  /** Entries in the tree; exact. O(1). */
  long entryCount(int tree);

  /** Number of entries with {@code from <= key < to} (null: no bound), exact in this store; reads two paths. For the planner. */
  long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to);

  /** A copy of the key that {@code rank} other keys precede; null beyond the end. Reads one path. For samples. */
  byte @Nullable [] keyAt(int tree, long rank);
}
