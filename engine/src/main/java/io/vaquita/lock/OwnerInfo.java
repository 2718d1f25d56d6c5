package io.vaquita.lock;

import org.jspecify.annotations.Nullable;

/**
 * What the lock table may ask about the session behind an owner, for reports and for choosing victims. Any thread may ask at any
 * time, so implementations answer at once from volatile state and never call the lock table.
 */
public interface OwnerInfo {
  /** {@code user@host}. */
  String account();

  /** The client program's name (connection attribute program_name), when it gave one. */
  @Nullable String program();

  /** The statement that runs, or the last one that did. */
  @Nullable String statement();

  /** What its transaction is and does; null when there is none or nobody knows. */
  default @Nullable Work work() {
    return null;
  }

  /**
   * A transaction as reports show it.
   *
   * @param transaction its number
   * @param startMicros wall clock at its beginning
   * @param operation what it does in the tables, in InnoDB's words
   * @param client {@code host user}
   * @param state the process list's
   * @param statementNumber of the session's statements
   */
  record Work(
      long transaction,
      long startMicros,
      @Nullable String operation,
      String client,
      String state,
      long statementNumber) {}

  /** An owner inside the engine, which no client stands behind. */
  static OwnerInfo internal(String name) {
    return new OwnerInfo() {
      @Override
      public String account() {
        return name;
      }

      @Override
      public @Nullable String program() {
        return null;
      }

      @Override
      public @Nullable String statement() {
        return null;
      }
    };
  }
}
