package io.vaquita.transaction;

/** InnoDB's record locks (manual: "InnoDB Locking"): shared or exclusive, of the record, the gap before it, or both. */
public enum RecordLockMode {
  S_RECORD,
  X_RECORD,
  S_GAP,
  X_GAP,
  S_NEXT_KEY,
  X_NEXT_KEY,
  INSERT_INTENTION;

  boolean isShared() {
    return this == S_RECORD || this == S_GAP || this == S_NEXT_KEY;
  }
}
