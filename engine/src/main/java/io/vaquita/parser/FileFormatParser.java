package io.vaquita.parser;

import io.vaquita.parser.syntax.FileFormat;
import org.jspecify.annotations.Nullable;

/** FIELDS and LINES of LOAD DATA and SELECT … INTO OUTFILE. Confined to one thread. */
final class FileFormatParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  FileFormatParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  FileFormat format(@Nullable String characterSet) {
    String terminated = "\t";
    String enclosed = "";
    boolean optionally = false;
    String escaped = "\\";
    String starting = "";
    String lineEnd = "\n";
    if (tokens.acceptAny(Keyword.FIELDS, Keyword.COLUMNS)) {
      boolean any = false;
      while (true) {
        if (tokens.accept(Keyword.TERMINATED)) {
          terminated = by();
        } else if (tokens.accept(Keyword.OPTIONALLY)) {
          tokens.expect(Keyword.ENCLOSED);
          optionally = true;
          enclosed = by();
        } else if (tokens.accept(Keyword.ENCLOSED)) {
          enclosed = by();
        } else if (tokens.accept(Keyword.ESCAPED)) {
          escaped = by();
        } else {
          break;
        }
        any = true;
      }
      if (!any) {
        throw tokens.error();
      }
    }
    if (tokens.accept(Keyword.LINES)) {
      boolean any = false;
      while (true) {
        if (tokens.accept(Keyword.TERMINATED)) {
          lineEnd = by();
        } else if (tokens.accept(Keyword.STARTING)) {
          starting = by();
        } else {
          break;
        }
        any = true;
      }
      if (!any) {
        throw tokens.error();
      }
    }
    return new FileFormat(
        characterSet, terminated, enclosed, optionally, escaped, starting, lineEnd);
  }

  /** Bytes that are not ASCII as the lone surrogates that stand for bytes in statement texts. */
  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      text.append((char) (b >= 0 ? b : 0xDC00 + (b & 0xFF)));
    }
    return text.toString();
  }

  private String by() {
    tokens.expect(Keyword.BY);
    return switch (tokens.kind()) {
      case HEX, BITS -> text(grammar.literals.byteText());
      default -> tokens.string();
    };
  }
}
