package io.vaquita.lock;

/** How long a lock is held. */
public enum LockDuration {
  /** Until the statement ends. */
  STATEMENT,
  /** Until the transaction ends. */
  TRANSACTION,
  /** Until it is released by name. */
  EXPLICIT
}
