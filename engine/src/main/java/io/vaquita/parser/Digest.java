package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.DecimalLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.DoubleLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text with its literals taken out, so that one plan serves all texts that differ in them only (architecture D8).
 * Immutable.
 *
 * <p>{@link #key} is the text with {@code ?} and a class letter in each literal's place: plans are typed by it. {@link Parser#parse(String,
 * Digest, long)} turns the same literals into parameters of the same numbers. The key says nothing of the current schema or
 * {@code sql_mode}: whoever caches by it adds what else matters.
 */
public final class Digest {
  /** What a literal is. */
  public enum Kind {
    /** Fits a long. */
    INTEGER,
    /** Needs all 64 bits without a sign: {@link #longValue} holds them. */
    UNSIGNED,
    DECIMAL,
    DOUBLE,
    STRING
  }

  private final String text;
  private final String key;
  private final int start;
  private final int next;
  private final boolean backslash;
  private final int[] offsets;
  private final int[] ends;
  private final Kind[] kinds;

  Digest(
      String text,
      String key,
      int start,
      int next,
      boolean backslash,
      int[] offsets,
      int[] ends,
      Kind[] kinds) {
    this.text = text;
    this.key = key;
    this.start = start;
    this.next = next;
    this.backslash = backslash;
    this.offsets = offsets;
    this.ends = ends;
    this.kinds = kinds;
  }

  /**
   * The digest of the statement that begins at {@code from}, or null when it should be parsed as it is: statements other than SELECT,
   * INSERT, REPLACE, UPDATE and DELETE, very long ones, and those that do not even consist of tokens.
   */
  public static @Nullable Digest of(String sql, int from, long sqlMode) {
    return new DigestReader(sql, from, sqlMode).read();
  }

  public String key() {
    return key;
  }

  /** Where the statement's text begins. */
  public int start() {
    return start;
  }

  /** Where the next statement of the text begins, or -1. */
  public int next() {
    return next;
  }

  public int count() {
    return kinds.length;
  }

  int[] offsets() {
    return offsets;
  }

  public Kind kind(int index) {
    return kinds[index];
  }

  /** Of INTEGER and UNSIGNED literals. */
  public long longValue(int index) {
    return Long.parseUnsignedLong(text, offsets[index], ends[index], 10);
  }

  /** Of DECIMAL literals. */
  public BigDecimal decimalValue(int index) {
    return LiteralParser.decimal(text.substring(offsets[index], ends[index]));
  }

  public double doubleValue(int index) {
    return Double.parseDouble(text.substring(offsets[index], ends[index]));
  }

  /** Of STRING literals; adjacent ones are joined. */
  public String stringValue(int index) {
    int from = offsets[index];
    int to = ends[index];
    char quote = text.charAt(from);
    if (isPlain(from + 1, to - 1, quote)) {
      return text.substring(from + 1, to - 1);
    }
    StringBuilder all = new StringBuilder();
    Lexer lexer = new Lexer(text, from, to, backslash ? 0 : ParserMode.NO_BACKSLASH_ESCAPES);
    for (lexer.next(); lexer.kind == TokenKind.STRING; lexer.next()) {
      all.append(QuotedText.value(text, lexer.start, lexer.end, backslash));
    }
    return all.toString();
  }

  private boolean isPlain(int from, int to, char quote) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\\' && backslash) {
        return false;
      }
    }
    return true;
  }

  /** The literal as the parser would have read it. */
  public ExpressionSyntax literal(int index) {
    return switch (kinds[index]) {
      case INTEGER, UNSIGNED -> LiteralParser.integer(text.substring(offsets[index], ends[index]));
      case DECIMAL -> new DecimalLiteral(decimalValue(index));
      case DOUBLE -> new DoubleLiteral(doubleValue(index));
      case STRING -> new StringLiteral(stringValue(index), null);
    };
  }
}
