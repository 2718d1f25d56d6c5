package io.vaquita;

/**
 * When a commit that was acknowledged is safe on disk: MySQL's {@code innodb_flush_log_at_trx_commit}, which SET GLOBAL may change later.
 * Of databases on files only. Immutable.
 *
 * <pre>{@code
 * Database.builder().directory(path).durability(Durability.WRITTEN).open();
 * }</pre>
 */
public enum Durability {
  /** Before it is acknowledged: nothing that was acknowledged is ever lost. The default. */
  SYNCED(1),
  /**
   * In the hands of the operating system when it is acknowledged; synced within a second. The end of the process loses nothing, that of the
   * machine a second.
   */
  WRITTEN(2),
  /** MySQL's 0, which is {@link #WRITTEN} here: the log is handed to the operating system at once all the same. */
  LAZY(0);

  private final int value;

  Durability(int value) {
    this.value = value;
  }

  /** As the variable has it. */
  int value() {
    return value;
  }
}
