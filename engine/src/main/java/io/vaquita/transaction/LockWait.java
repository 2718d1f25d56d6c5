package io.vaquita.transaction;

/** What a locking read does when a row is locked by another transaction. */
public enum LockWait {
  WAIT,
  NOWAIT,
  SKIP_LOCKED
}
