package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/**
 * Ordered key/value trees with snapshots in O(1) and atomic, durable batches. Knows neither SQL nor transactions. Thread-safe.
 *
 * <p>Trees have positive numbers; a tree that was never written is empty. Keys are at most {@link #KEY_BYTES_MAX} bytes and ordered
 * as unsigned bytes; values have any length.
 */
public interface Store extends AutoCloseable {
  int KEY_BYTES_MAX = 4096;

  /** The newest committed version. O(1), no lock but for the moment in which a commit changes pages in place. */
  Snapshot snapshot();

  /**
   * The newest committed version for who looks at it briefly and then gives it back. A version that is nobody's is changed
   * in place, where pages are copied to leave a {@link #snapshot} as it is.
   */
  default Snapshot borrow() {
    return snapshot();
  }

  /** Once for each {@link #borrow}. Nothing of the snapshot may be read after that, nor any array that it has shown without a copy. */
  default void giveBack(Snapshot borrowed) {}

  /** {@link Snapshot#entryCount} of the newest version. */
  default long entryCount(int tree) {
    return snapshot().entryCount(tree);
  }

  /**
   * Applies a batch atomically and returns its position. The batch is visible to snapshots taken after the return; it is durable
   * as {@link CommitDurability} of the call says. Blocks the calling (virtual) thread by parking, never its carrier.
   *
   * @throws io.vaquita.error.DatabaseException when the store is read-only after an I/O error (1290/1030), or is closed
   */
  long commit(WriteBatch batch, CommitDurability durability);

  /**
   * The same for somebody whose patience ends.
   *
   * @throws io.vaquita.error.DatabaseException 1205, or what the patience's check throws: nothing of the batch is committed
   */
  default long commit(WriteBatch batch, CommitDurability durability, CommitPatience patience) {
    return commit(batch, durability);
  }

  /**
   * The same for changes that may not fit memory. Atomic as well; always synced. Other commits wait until it is done, so it is for what
   * has no other way. An exception of the stream leaves nothing of the commit and is thrown on.
   */
  long commit(ChangeStream changes);

  /** The same for somebody whose patience ends, also while the changes are written. */
  default long commit(ChangeStream changes, CommitPatience patience) {
    return commit(changes);
  }

  /** Position of the last commit that {@link #snapshot} shows. */
  long position();

  /** An independent store that shares all pages with this one's newest version. O(1) in memory. */
  Store fork();

  /** Empty trees for what one owner does not want to keep in memory; null: this store has no place for them. */
  default @Nullable TemporaryTrees temporaryTrees(long memoryBytes) {
    return null;
  }

  /** Sorts entries in about this much memory, and in files where the store has some. */
  EntrySorter newSorter(long memoryBytes);

  /** Counters since the store was opened; all zero for a store without files. */
  default StoreStatistics statistics() {
    return StoreStatistics.NONE;
  }

  /**
   * Gives back file space that deleted data, and pages that are not full, take. Runs beside commits; nothing to do in memory.
   *
   * @param check runs between steps, of which none takes longer than a checkpoint; what it throws ends the work where it is, with nothing undone
   */
  default void compact(Runnable check) {}

  /** The same to its end. */
  default void compact() {
    compact(() -> {});
  }

  /**
   * Writes out what is committed, waits for it, and closes the files.
   *
   * @throws io.vaquita.error.DatabaseException when that failed, now or before, and a commit that was acknowledged may be lost
   */
  @Override
  void close();
}
