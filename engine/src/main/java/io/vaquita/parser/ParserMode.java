package io.vaquita.parser;

/** The bits of {@code sql_mode} that change how text is read; the same numbers as MySQL's. Stateless. */
final class ParserMode {
  static final long REAL_AS_FLOAT = 1L;
  static final long PIPES_AS_CONCAT = 1L << 1;
  static final long ANSI_QUOTES = 1L << 2;
  static final long IGNORE_SPACE = 1L << 3;
  static final long NO_BACKSLASH_ESCAPES = 1L << 20;
  static final long HIGH_NOT_PRECEDENCE = 1L << 29;

  private ParserMode() {}
}
