package io.vaquita.lock;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts locks on rows and tables as InnoDB counts its lock structs, by which transactions are weighed. Confined to one thread.
 *
 * <p>InnoDB has one struct for each mode on a table, and one for each page and mode of locks on records, so that many locks side by side
 * weigh little. Vaquita's locks know no pages: they count as if each {@link #RECORDS_A_PAGE} records of a tree were one.
 */
final class LockStructs {
  /** About what a page of InnoDB's 16 KiB holds of rows of 80 bytes. */
  private static final int RECORDS_A_PAGE = 200;

  /** Records by tree and mode. */
  private final Map<Integer, int[]> records = new HashMap<>();

  private long recordModes;
  private long tableModes;

  /** A granted lock. What only marks its owner's own writes does not count, in InnoDB neither. */
  void add(Lock lock) {
    if ((lock.modes & Lock.IMPLICIT) != 0) {
      return;
    }
    switch (lock.queue) {
      case Queue.OfRecord record -> {
        recordModes += Integer.bitCount(lock.modes);
        int[] modes = records.computeIfAbsent(record.tree.tree, tree -> new int[Integer.SIZE]);
        for (int rest = lock.modes; rest != 0; rest &= rest - 1) {
          modes[asStored(LockMode.ofBit(rest), record.key == null).ordinal()]++;
        }
      }
      case Queue.OfTable _ -> tableModes += Integer.bitCount(lock.modes);
      case Queue.OfMetadata _ -> {}
    }
  }

  /** InnoDB keeps a lock on the supremum, which is always one of the gap, among the next-key locks. */
  private static LockMode asStored(LockMode mode, boolean onSupremum) {
    if (!onSupremum) {
      return mode;
    }
    return switch (mode) {
      case S_GAP -> LockMode.S_NEXT_KEY;
      case X_GAP -> LockMode.X_NEXT_KEY;
      default -> mode;
    };
  }

  /** Modes held on records and gaps. */
  long records() {
    return recordModes;
  }

  /** Modes held on tables. */
  long tables() {
    return tableModes;
  }

  long count() {
    long structs = tableModes;
    for (int[] modes : records.values()) {
      for (int locked : modes) {
        structs += (locked + RECORDS_A_PAGE - 1) / RECORDS_A_PAGE;
      }
    }
    return structs;
  }
}
