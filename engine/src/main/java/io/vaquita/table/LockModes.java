package io.vaquita.table;

import io.vaquita.transaction.RecordLockMode;

/** The record locks of a shared or an exclusive reader. Immutable. */
enum LockModes {
  SHARED(RecordLockMode.S_RECORD, RecordLockMode.S_GAP, RecordLockMode.S_NEXT_KEY),
  EXCLUSIVE(RecordLockMode.X_RECORD, RecordLockMode.X_GAP, RecordLockMode.X_NEXT_KEY);

  private final RecordLockMode record;
  private final RecordLockMode gap;
  private final RecordLockMode nextKey;

  LockModes(RecordLockMode record, RecordLockMode gap, RecordLockMode nextKey) {
    this.record = record;
    this.gap = gap;
    this.nextKey = nextKey;
  }

  RecordLockMode record() {
    return record;
  }

  RecordLockMode gap() {
    return gap;
  }

  RecordLockMode nextKey() {
    return nextKey;
  }
}
