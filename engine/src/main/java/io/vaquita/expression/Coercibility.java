package io.vaquita.expression;

/** MySQL's coercibility levels, as COERCIBILITY() shows them: in a mix of collations the lower level wins. */
public final class Coercibility {
  /** A COLLATE clause. */
  public static final int EXPLICIT = 0;

  /** A mix of collations that could not be decided. */
  public static final int NONE = 1;

  /** Columns, stored-program variables, results of CAST. */
  public static final int IMPLICIT = 2;

  /** USER(), VERSION() and other system constants. */
  public static final int SYSTEM_CONSTANT = 3;

  /** Literals. */
  public static final int COERCIBLE = 4;

  /** Numbers and temporal values. */
  public static final int NUMERIC = 5;

  /** NULL. */
  public static final int IGNORABLE = 6;

  private Coercibility() {}
}
