package io.vaquita.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A statement's text without its literals, in the manner of STATEMENT_DIGEST_TEXT(): for logs and statistics, where it names a kind of
 * statement and shows nobody's data. Confined to one thread.
 */
public final class NormalizedText {
  private static final String VALUE = "?";
  private static final String VALUES = "?, ...";
  private static final String ROW = "(?)";
  private static final String ROW_OF_MANY = "(...)";
  private static final String MORE = " /* , ... */";

  private final Lexer lexer;
  private final String text;
  private final List<String> parts = new ArrayList<>();

  private NormalizedText(String text, long sqlMode) {
    this.text = text;
    this.lexer = new Lexer(text, 0, Parser.trimmedEnd(text), sqlMode);
  }

  /** The normalized text; what cannot be cut into tokens ends it. */
  public static String of(String sql, long sqlMode) {
    NormalizedText normalized = new NormalizedText(sql, sqlMode);
    normalized.read();
    return String.join(" ", normalized.parts);
  }

  private void read() {
    for (lexer.next(); lexer.kind != TokenKind.END; lexer.next()) {
      switch (lexer.kind) {
        case BAD -> {
          parts.add("...");
          return;
        }
        case INTEGER, DECIMAL, DOUBLE, STRING, NATIONAL_STRING, HEX, BITS, PARAMETER -> value();
        case KEYWORD -> {
          if (lexer.keyword == Keyword.NULL) {
            value();
          } else {
            parts.add(String.valueOf(lexer.keyword));
          }
        }
        case IDENTIFIER -> parts.add(SyntaxPrinter.identifier(tokenText()));
        case QUOTED_IDENTIFIER -> parts.add(tokenText());
        case USER_VARIABLE -> parts.add("@?");
        case INTRODUCER -> parts.add("(_charset)");
        case RIGHT_PAREN -> close();
        default -> parts.add(tokenText().toUpperCase(Locale.ROOT));
      }
    }
  }

  private String tokenText() {
    return text.substring(lexer.start, lexer.end);
  }

  private String last(int back) {
    int index = parts.size() - 1 - back;
    return index < 0 ? "" : parts.get(index);
  }

  private void drop(int count) {
    for (int i = 0; i < count; i++) {
      parts.removeLast();
    }
  }

  private void value() {
    if (lexer.kind == TokenKind.INTEGER && last(0).equals("BY")) {
      parts.add(tokenText());
      return;
    }
    // The sign belongs to the value where an operand begins.
    if ((last(0).equals("-") || last(0).equals("+")) && isOperator(last(1))) {
      drop(1);
    }
    if (last(0).equals(VALUE)) {
      return;
    }
    boolean listed = last(0).equals(",") && (last(1).equals(VALUE) || last(1).equals(VALUES));
    if (listed) {
      drop(2);
      parts.add(VALUES);
    } else {
      parts.add(VALUE);
    }
  }

  private static boolean isOperator(String part) {
    return !part.isEmpty() && "=<>*/%,(+-|&^!".indexOf(part.charAt(0)) >= 0 && part.length() <= 3;
  }

  private void close() {
    boolean many = last(0).equals(VALUES);
    if (!many && !last(0).equals(VALUE) || !last(1).equals("(")) {
      parts.add(")");
      return;
    }
    drop(2);
    String row = many || last(0).equals("IN") ? ROW_OF_MANY : ROW;
    String before = last(1);
    if (last(0).equals(",") && (before.equals(row) || before.equals(row + MORE))) {
      drop(2);
      parts.add(row + MORE);
    } else {
      parts.add(row);
    }
  }
}
