package io.vaquita;

/**
 * A flag of {@code sql_mode}, by MySQL's name; what each does is in MySQL's manual under "Server SQL Modes". Immutable.
 *
 * <pre>{@code
 * Database.builder().sqlMode(SqlModeFlag.TRADITIONAL, SqlModeFlag.ANSI_QUOTES).open();
 * }</pre>
 *
 * @see DatabaseBuilder#sqlMode
 */
public enum SqlModeFlag {
  REAL_AS_FLOAT,
  PIPES_AS_CONCAT,
  ANSI_QUOTES,
  IGNORE_SPACE,
  ONLY_FULL_GROUP_BY,
  NO_UNSIGNED_SUBTRACTION,
  NO_DIR_IN_CREATE,
  /** Five flags together. */
  ANSI,
  NO_AUTO_VALUE_ON_ZERO,
  NO_BACKSLASH_ESCAPES,
  STRICT_TRANS_TABLES,
  STRICT_ALL_TABLES,
  NO_ZERO_IN_DATE,
  NO_ZERO_DATE,
  ALLOW_INVALID_DATES,
  ERROR_FOR_DIVISION_BY_ZERO,
  /** Six flags together: as strict as can be. */
  TRADITIONAL,
  HIGH_NOT_PRECEDENCE,
  NO_ENGINE_SUBSTITUTION,
  PAD_CHAR_TO_FULL_LENGTH,
  TIME_TRUNCATE_FRACTIONAL
}
