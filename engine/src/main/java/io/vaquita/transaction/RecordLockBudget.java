package io.vaquita.transaction;

import io.vaquita.error.MySqlError;
import java.util.concurrent.atomic.AtomicLong;

/** How many record locks all transactions may hold at a time, given the memory that they take. Thread-safe. */
final class RecordLockBudget {
  /** What a record lock takes: the lock, its queue, the key, a place in the hash table. */
  private static final int LOCK_BYTES = 136;

  private final long locksMax;
  private final AtomicLong locks = new AtomicLong();

  RecordLockBudget(long bytesMax) {
    this.locksMax = bytesMax / LOCK_BYTES;
  }

  /** Locks of one transaction from which on a lock on the table should take their place. */
  int escalationLocks() {
    return (int) Math.min(locksMax / 8, Integer.MAX_VALUE / 4);
  }

  /** 1206 when there are too many. */
  void take(int count) {
    if (locks.addAndGet(count) > locksMax) {
      locks.addAndGet(-count);
      throw MySqlError.ER_LOCK_TABLE_FULL.exception();
    }
  }

  void giveBack(int count) {
    locks.addAndGet(-count);
  }
}
