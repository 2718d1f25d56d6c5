package io.vaquita;

/**
 * The isolation level that transactions have unless they say otherwise: the global {@code transaction_isolation}. Immutable.
 *
 * <pre>{@code
 * Database.builder().isolation(Isolation.READ_COMMITTED).open();
 * }</pre>
 */
public enum Isolation {
  READ_UNCOMMITTED,
  READ_COMMITTED,
  /** MySQL's default. */
  REPEATABLE_READ,
  SERIALIZABLE;

  /** As the variable has it. */
  String value() {
    return name().replace('_', '-');
  }
}
