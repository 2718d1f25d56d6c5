package io.vaquita;

/**
 * The isolation level that transactions have unless they say otherwise: the global {@code transaction_isolation}. Immutable.
 *
 * <pre>{@code
 * Database.builder().isolation(Isolation.READ_COMMITTED).open();
 * }</pre>
 */
public enum Isolation {
  /** Reads see what others have not committed yet. */
  READ_UNCOMMITTED,
  /** Each statement sees what was committed when it began; rows are locked, gaps between them are not. */
  READ_COMMITTED,
  /** All plain reads of a transaction see what was committed at its first; writes lock gaps, too. MySQL's default. */
  REPEATABLE_READ,
  /** As REPEATABLE_READ, and reads lock what they see, except those of a single SELECT with autocommit. */
  SERIALIZABLE;

  /** As the variable has it. */
  String value() {
    return name().replace('_', '-');
  }
}
