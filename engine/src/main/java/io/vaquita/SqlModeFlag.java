package io.vaquita;

/**
 * A flag of {@code sql_mode}, by MySQL's name; all about each is in MySQL's manual under "Server SQL Modes". Immutable.
 *
 * <pre>{@code
 * Database.builder().sqlMode(SqlModeFlag.TRADITIONAL, SqlModeFlag.ANSI_QUOTES).open();
 * }</pre>
 *
 * @see DatabaseBuilder#sqlMode
 */
public enum SqlModeFlag {
  /** REAL is FLOAT, not DOUBLE. */
  REAL_AS_FLOAT,
  /** {@code ||} joins strings instead of being OR. */
  PIPES_AS_CONCAT,
  /** Double quotes are around names, not strings. */
  ANSI_QUOTES,
  /** Blanks may stand between a function's name and its parenthesis; those names are reserved then. */
  IGNORE_SPACE,
  /** A column outside aggregates must follow from GROUP BY. In the default. */
  ONLY_FULL_GROUP_BY,
  /** A difference of unsigned integers may be negative. */
  NO_UNSIGNED_SUBTRACTION,
  /** DATA DIRECTORY and INDEX DIRECTORY are passed over. */
  NO_DIR_IN_CREATE,
  /** Five flags together. */
  ANSI,
  /** Zero is a value for AUTO_INCREMENT columns; only NULL asks for the next one. */
  NO_AUTO_VALUE_ON_ZERO,
  /** A backslash in a string is a character like any other. */
  NO_BACKSLASH_ESCAPES,
  /** Values that do not fit their column are errors instead of being cut. In the default. */
  STRICT_TRANS_TABLES,
  /** The same here: all tables are transactional. */
  STRICT_ALL_TABLES,
  /** Dates with a month or day of zero are refused in strict mode. In the default. */
  NO_ZERO_IN_DATE,
  /** The date 0000-00-00 is refused in strict mode. In the default. */
  NO_ZERO_DATE,
  /** Days up to 31 are taken in every month. */
  ALLOW_INVALID_DATES,
  /** In strict mode a change that divides by zero fails; otherwise it gives NULL. In the default. */
  ERROR_FOR_DIVISION_BY_ZERO,
  /** Six flags together: as strict as can be. */
  TRADITIONAL,
  /** NOT binds tighter than comparisons. */
  HIGH_NOT_PRECEDENCE,
  /** An unknown storage engine is an error. In the default. */
  NO_ENGINE_SUBSTITUTION,
  /** CHAR columns are read with their trailing blanks. */
  PAD_CHAR_TO_FULL_LENGTH,
  /** Fractions of a second that do not fit are cut, not rounded. */
  TIME_TRUNCATE_FRACTIONAL
}
