package io.vaquita.expression;

/** The flags of {@code sql_mode} in MySQL's bit order (manual: "Server SQL Modes"). */
public enum SqlMode {
  REAL_AS_FLOAT(0),
  PIPES_AS_CONCAT(1),
  ANSI_QUOTES(2),
  IGNORE_SPACE(3),
  ONLY_FULL_GROUP_BY(5),
  NO_UNSIGNED_SUBTRACTION(6),
  NO_DIR_IN_CREATE(7),
  ANSI(18),
  NO_AUTO_VALUE_ON_ZERO(19),
  NO_BACKSLASH_ESCAPES(20),
  STRICT_TRANS_TABLES(21),
  STRICT_ALL_TABLES(22),
  NO_ZERO_IN_DATE(23),
  NO_ZERO_DATE(24),
  ALLOW_INVALID_DATES(25),
  ERROR_FOR_DIVISION_BY_ZERO(26),
  TRADITIONAL(27),
  HIGH_NOT_PRECEDENCE(29),
  NO_ENGINE_SUBSTITUTION(30),
  PAD_CHAR_TO_FULL_LENGTH(31),
  TIME_TRUNCATE_FRACTIONAL(32);

  private final int bit;

  SqlMode(int bit) {
    this.bit = bit;
  }

  public long mask() {
    return 1L << bit;
  }

  public boolean isSet(long mode) {
    return (mode & mask()) != 0;
  }
}
