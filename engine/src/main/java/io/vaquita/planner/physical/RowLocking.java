package io.vaquita.planner.physical;

/** Which row locks a table access takes. Immutable. */
public record RowLocking(Mode mode, Wait onConflict) {
  public static final RowLocking NONE = new RowLocking(Mode.NONE, Wait.WAIT);
  public static final RowLocking EXCLUSIVE = new RowLocking(Mode.EXCLUSIVE, Wait.WAIT);
  public static final RowLocking SHARED = new RowLocking(Mode.SHARED, Wait.WAIT);

  /** NONE is a consistent read; the others read the newest committed rows. */
  public enum Mode {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  /** What happens when a row is locked by another transaction. */
  public enum Wait {
    WAIT,
    NOWAIT,
    SKIP_LOCKED
  }
}
