package io.vaquita.parser;

import io.vaquita.parser.Digest.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Digest} in one pass over the tokens, without parsing. Confined to one thread.
 *
 * <p>It takes literals where they are values and nothing else: in WHERE, ON, VALUES, SET and LIMIT. It leaves them where the plan or
 * the names of the result depend on them: select lists, FROM, GROUP BY, HAVING (matched with GROUP BY), ORDER BY, arguments of functions
 * (precisions, formats, paths), after COLLATE, ESCAPE, REGEXP, INTERVAL, introducers and arrows. When in doubt it leaves them: that only
 * costs another plan.
 */
final class DigestReader {
  private static final int KEY_LENGTH_MAX = 16_384;
  private static final int LITERALS_MAX = 4_096;
  private static final int DEPTH_MAX = 64;

  private final String text;
  private final int from;
  private final int to;
  private final long mode;
  private final Lexer lexer;
  private final StringBuilder key;
  private int copied;

  private int[] offsets = new int[8];
  private int[] ends = new int[8];
  private Kind[] kinds = new Kind[8];
  private int count;

  /** Whether literals are taken, at each depth of parentheses. */
  private final boolean[] taking = new boolean[DEPTH_MAX];

  private int depth;

  // The token before the current one.
  private TokenKind previousKind = TokenKind.END;
  private @Nullable Keyword previousKeyword;
  private boolean previousKept;

  DigestReader(String text, int from, long mode) {
    this.text = text;
    this.to = Parser.trimmedEnd(text);
    this.from = Parser.skipBlanks(text, from, to);
    this.mode = mode;
    this.lexer = new Lexer(text, this.from, to, mode);
    this.key = new StringBuilder(Math.min(KEY_LENGTH_MAX, Math.max(16, to - this.from)));
  }

  @Nullable Digest read() {
    lexer.next();
    copied = lexer.start;
    if (!isReduced(lexer.kind, lexer.keyword)) {
      return null;
    }
    int end = lexer.start;
    int next = -1;
    while (lexer.kind != TokenKind.END) {
      if (lexer.kind == TokenKind.SEMICOLON) {
        lexer.next();
        next = lexer.kind == TokenKind.END ? -1 : lexer.start;
        break;
      }
      end = lexer.end;
      if (!token()) {
        return null;
      }
    }
    key.append(text, copied, end);
    if (key.length() > KEY_LENGTH_MAX) {
      return null;
    }
    return new Digest(
        text,
        key.toString(),
        from,
        next,
        (mode & ParserMode.NO_BACKSLASH_ESCAPES) == 0,
        Arrays.copyOf(offsets, count),
        Arrays.copyOf(ends, count),
        Arrays.copyOf(kinds, count));
  }

  private static boolean isReduced(TokenKind kind, @Nullable Keyword keyword) {
    if (keyword == null) {
      return kind == TokenKind.LEFT_PAREN;
    }
    return switch (keyword) {
      case SELECT, INSERT, REPLACE, UPDATE, DELETE, WITH -> true;
      default -> false;
    };
  }

  /** Handles the current token and goes to the next one; false when the statement cannot be reduced. */
  private boolean token() {
    TokenKind kind = lexer.kind;
    Keyword keyword = lexer.keyword;
    boolean kept = false;
    switch (kind) {
      case BAD, PARAMETER, HINT -> {
        return false;
      }
      case LEFT_PAREN -> {
        if (depth + 1 >= DEPTH_MAX) {
          return false;
        }
        taking[depth + 1] = taking[depth] && isGrouping();
        depth++;
      }
      case RIGHT_PAREN -> {
        if (depth == 0) {
          return false;
        }
        depth--;
      }
      case KEYWORD -> clause(keyword);
      case INTEGER, DECIMAL, DOUBLE, STRING -> {
        if (taking[depth] && !isKeptBehind()) {
          return take(kind);
        }
        kept = true;
      }
      default -> {}
    }
    previousKind = kind;
    previousKeyword = keyword;
    previousKept = kept;
    lexer.next();
    return true;
  }

  private void clause(@Nullable Keyword keyword) {
    if (keyword == null) {
      return;
    }
    switch (keyword) {
      case SELECT,
          FROM,
          GROUP,
          ORDER,
          HAVING,
          WINDOW,
          USING,
          PARTITION,
          FOR,
          INTO,
          UNION,
          EXCEPT,
          INTERSECT,
          WITH,
          PROCEDURE ->
          taking[depth] = false;
      case WHERE, ON, LIMIT -> taking[depth] = true;
      case SET, VALUES, VALUE -> {
        if (depth == 0) {
          taking[depth] = true;
        }
      }
      default -> {}
    }
  }

  /** Whether the parenthesis at hand groups values, instead of enclosing a function's arguments. */
  private boolean isGrouping() {
    Keyword keyword = previousKeyword;
    if (keyword == null) {
      return switch (previousKind) {
        case IDENTIFIER, QUOTED_IDENTIFIER, USER_VARIABLE -> false;
        default -> true;
      };
    }
    return switch (keyword) {
      case WHERE,
          ON,
          AND,
          OR,
          XOR,
          NOT,
          IN,
          BETWEEN,
          LIKE,
          DIV,
          IS,
          CASE,
          WHEN,
          THEN,
          ELSE,
          VALUES,
          VALUE,
          ROW,
          ANY,
          ALL,
          SOME,
          EXISTS,
          SET ->
          true;
      default -> false;
    };
  }

  /** Whether the token before says that this literal is no mere value. */
  private boolean isKeptBehind() {
    if (previousKept) {
      return true;
    }
    Keyword keyword = previousKeyword;
    if (keyword == null) {
      return switch (previousKind) {
        case INTRODUCER,
            NATIONAL_STRING,
            ARROW,
            LONG_ARROW,
            IDENTIFIER,
            QUOTED_IDENTIFIER,
            LEFT_BRACE ->
            true;
        default -> false;
      };
    }
    return switch (keyword) {
      case AND,
          OR,
          XOR,
          NOT,
          BETWEEN,
          LIKE,
          DIV,
          MOD,
          WHEN,
          THEN,
          ELSE,
          CASE,
          WHERE,
          ON,
          LIMIT,
          OFFSET,
          IN ->
          false;
      default -> true;
    };
  }

  private boolean take(TokenKind kind) {
    if (count == LITERALS_MAX) {
      return false;
    }
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
    }
    int start = lexer.start;
    int end = lexer.end;
    lexer.next();
    while (kind == TokenKind.STRING && lexer.kind == TokenKind.STRING) {
      end = lexer.end;
      lexer.next();
    }
    key.append(text, copied, start);
    copied = end;
    offsets[count] = start;
    ends[count] = end;
    kinds[count] = classify(kind, start, end);
    count++;
    previousKind = kind;
    previousKeyword = null;
    previousKept = false;
    return key.length() <= KEY_LENGTH_MAX;
  }

  /** Appends the class to the key, too. */
  private Kind classify(TokenKind kind, int start, int end) {
    switch (kind) {
      case INTEGER -> {
        if (end - start < 19) {
          key.append("?i");
          return Kind.INTEGER;
        }
        return longInteger(text.substring(start, end));
      }
      case DECIMAL -> {
        decimal(LiteralParser.decimal(text.substring(start, end)));
        return Kind.DECIMAL;
      }
      case DOUBLE -> {
        key.append("?f");
        return Kind.DOUBLE;
      }
      default -> {
        key.append("?s");
        return Kind.STRING;
      }
    }
  }

  private Kind longInteger(String digits) {
    java.math.BigInteger value = new java.math.BigInteger(digits);
    if (value.bitLength() <= 63) {
      key.append("?i");
      return Kind.INTEGER;
    }
    if (value.bitLength() <= 64) {
      key.append("?u");
      return Kind.UNSIGNED;
    }
    decimal(new java.math.BigDecimal(value));
    return Kind.DECIMAL;
  }

  /** Precision and scale are part of a decimal's type. */
  private void decimal(java.math.BigDecimal value) {
    key.append("?d").append(value.precision()).append('.').append(value.scale());
  }
}
