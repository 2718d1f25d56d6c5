package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.BytesLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.DecimalLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.DoubleLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.IntegerLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Parameter;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Literals and parameters. Confined to one thread. */
final class LiteralParser {
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final TokenStream tokens;
  private final Parameters parameters;

  LiteralParser(Grammar grammar) {
    this.tokens = grammar.tokens;
    this.parameters = grammar.parameters;
  }

  ExpressionSyntax literal() {
    int taken = parameters.indexOf(tokens.kind(), tokens.start());
    if (taken >= 0) {
      skipLiteral();
      return new Parameter(taken);
    }
    return switch (tokens.kind()) {
      case INTEGER -> {
        ExpressionSyntax result = integer(tokens.tokenText());
        tokens.next();
        yield result;
      }
      case DECIMAL -> {
        ExpressionSyntax result = new DecimalLiteral(decimal(tokens.tokenText()));
        tokens.next();
        yield result;
      }
      case DOUBLE -> {
        ExpressionSyntax result = doubleLiteral();
        tokens.next();
        yield result;
      }
      case STRING -> new StringLiteral(adjacentStrings(), null);
      case NATIONAL_STRING -> new StringLiteral(adjacentStrings(), "utf8mb3");
      case HEX, BITS -> bytes(null);
      case INTRODUCER -> introduced();
      default -> throw tokens.error();
    };
  }

  private ExpressionSyntax doubleLiteral() {
    double value = Double.parseDouble(tokens.tokenText());
    if (Double.isInfinite(value)) {
      throw MySqlError.ER_ILLEGAL_VALUE_FOR_TYPE.exception("double", tokens.tokenText());
    }
    return new DoubleLiteral(value);
  }

  /** A literal that the digest took out: adjacent strings are one. */
  private void skipLiteral() {
    boolean string = tokens.at(TokenKind.STRING);
    tokens.next();
    while (string && tokens.at(TokenKind.STRING)) {
      tokens.next();
    }
  }

  static ExpressionSyntax integer(String digits) {
    BigInteger value =
        digits.length() < 19 ? BigInteger.valueOf(Long.parseLong(digits)) : new BigInteger(digits);
    return value.compareTo(UNSIGNED_MAX) > 0
        ? new DecimalLiteral(new BigDecimal(value))
        : new IntegerLiteral(value);
  }

  /** {@code 1.} and {@code .5} are decimals, too. */
  static BigDecimal decimal(String text) {
    if (text.startsWith(".")) {
      return new BigDecimal("0" + text);
    }
    return new BigDecimal(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  String adjacentStrings() {
    String first = tokens.string();
    if (!tokens.at(TokenKind.STRING)) {
      return first;
    }
    StringBuilder all = new StringBuilder(first);
    while (tokens.at(TokenKind.STRING)) {
      all.append(tokens.string());
    }
    return all.toString();
  }

  private ExpressionSyntax introduced() {
    String characterSet = tokens.tokenText().substring(1);
    tokens.next();
    return switch (tokens.kind()) {
      case STRING -> new StringLiteral(adjacentStrings(), characterSet);
      case HEX, BITS -> bytes(characterSet);
      default -> throw tokens.error();
    };
  }

  private ExpressionSyntax bytes(@Nullable String characterSet) {
    boolean bits = tokens.at(TokenKind.BITS);
    String text = tokens.tokenText();
    tokens.next();
    String digits = text.endsWith("'") ? text.substring(2, text.length() - 1) : text.substring(2);
    return new BytesLiteral(bits ? bits(digits) : hex(digits), bits, characterSet);
  }

  /** An odd number of digits ({@code 0x1}) has a zero in front. */
  static byte[] hex(String digits) {
    byte[] bytes = new byte[(digits.length() + 1) / 2];
    int digit = digits.length() % 2 == 0 ? 0 : -1;
    for (int i = 0; i < bytes.length; i++, digit += 2) {
      int high = digit < 0 ? 0 : Character.digit(digits.charAt(digit), 16);
      bytes[i] = (byte) (high << 4 | Character.digit(digits.charAt(digit + 1), 16));
    }
    return bytes;
  }

  static byte[] bits(String digits) {
    byte[] bytes = new byte[(digits.length() + 7) / 8];
    int bit = bytes.length * 8 - digits.length();
    for (int i = 0; i < digits.length(); i++, bit++) {
      if (digits.charAt(i) == '1') {
        bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
      }
    }
    return bytes;
  }

  /** A string, hex or bit literal as bytes: XA identifiers. */
  byte[] byteText() {
    return switch (tokens.kind()) {
      case STRING -> tokens.string().getBytes(StandardCharsets.UTF_8);
      case HEX, BITS -> ((BytesLiteral) bytes(null)).value();
      default -> throw tokens.error();
    };
  }
}
