package io.vaquita.planner.physical;

/** Which row locks a table access takes. Immutable. */
public record RowLocking(Mode mode, Wait onConflict) {
  public static final RowLocking NONE = new RowLocking(Mode.NONE, Wait.WAIT);
  public static final RowLocking EXCLUSIVE = new RowLocking(Mode.EXCLUSIVE, Wait.WAIT);
  public static final RowLocking SHARED = new RowLocking(Mode.SHARED, Wait.WAIT);

  /** What INSERT … SELECT, and subqueries and joined tables of statements that change rows, read without being asked to lock. */
  public static final RowLocking IMPLICIT_SHARED = new RowLocking(Mode.IMPLICIT_SHARED, Wait.WAIT);

  /** NONE is a consistent read; the others read the newest committed rows. */
  public enum Mode {
    NONE,
    /** SHARED from REPEATABLE READ on, NONE below. */
    IMPLICIT_SHARED,
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
