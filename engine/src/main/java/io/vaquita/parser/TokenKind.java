package io.vaquita.parser;

/** Kinds of tokens. */
enum TokenKind {
  /** End of the statement's text. */
  END,
  SEMICOLON,
  KEYWORD,
  IDENTIFIER,
  QUOTED_IDENTIFIER,
  STRING,
  /** {@code N'…'}. */
  NATIONAL_STRING,
  /** {@code 0x41} and {@code X'41'}. */
  HEX,
  /** {@code 0b01} and {@code B'01'}. */
  BITS,
  INTEGER,
  DECIMAL,
  DOUBLE,
  /** {@code _utf8mb4} before a string. */
  INTRODUCER,
  /** {@code ?}. */
  PARAMETER,
  /** {@code @name}; also the host of {@code user@host}. */
  USER_VARIABLE,
  /** {@code @@}. */
  SYSTEM_VARIABLE,
  /** {@code /*+ … *}{@code /} where hints are read. */
  HINT,
  LEFT_PAREN,
  RIGHT_PAREN,
  LEFT_BRACE,
  RIGHT_BRACE,
  COMMA,
  DOT,
  PLUS,
  MINUS,
  STAR,
  SLASH,
  PERCENT,
  AMPERSAND,
  PIPE,
  CARET,
  TILDE,
  EXCLAMATION,
  AND_AND,
  OR_OR,
  EQUAL,
  NULL_SAFE_EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  ASSIGN,
  COLON,
  ARROW,
  LONG_ARROW,
  /** A character or an unfinished string or comment that begins no token: a syntax error wherever it stands. */
  BAD
}
