package io.vaquita.parser;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one statement with a cursor: what all parser classes read from. Tokens are cut as they are looked at, so that a
 * statement ends at its semicolon whatever stands behind. Confined to one thread.
 */
final class TokenStream {
  /** How deep expressions and queries may nest: far below what a thread's stack holds, far above what people write. */
  private static final int DEPTH_MAX = 300;

  private final Lexer lexer;
  private final String text;
  private final int from;
  private final int to;
  private final long mode;

  private TokenKind[] kinds = new TokenKind[32];
  private @Nullable Keyword[] keywords = new @Nullable Keyword[32];
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private boolean[] escapes = new boolean[32];
  private int filled;
  private int cursor;
  private int depth;

  TokenStream(String text, int from, int to, long mode) {
    this.lexer = new Lexer(text, from, to, mode);
    this.text = text;
    this.from = from;
    this.to = to;
    this.mode = mode;
    fill(1);
  }

  boolean hasMode(long flag) {
    return (mode & flag) != 0;
  }

  /** A reader of the hints that the current token is. */
  HintParser hints() {
    boolean ansi = hasMode(ParserMode.ANSI_QUOTES);
    return new HintParser(text, starts[cursor], ends[cursor], from, to, ansi);
  }

  String text() {
    return text;
  }

  private void fill(int count) {
    while (filled < count) {
      if (filled == kinds.length) {
        grow();
      }
      lexer.next();
      kinds[filled] = lexer.kind;
      keywords[filled] = lexer.keyword;
      starts[filled] = lexer.start;
      ends[filled] = lexer.end;
      escapes[filled] = lexer.hasEscapes;
      filled++;
    }
  }

  private void grow() {
    int size = kinds.length * 2;
    kinds = Arrays.copyOf(kinds, size);
    keywords = Arrays.copyOf(keywords, size);
    starts = Arrays.copyOf(starts, size);
    ends = Arrays.copyOf(ends, size);
    escapes = Arrays.copyOf(escapes, size);
  }

  // ---- looking

  TokenKind kind() {
    return kinds[cursor];
  }

  TokenKind kind(int ahead) {
    fill(cursor + ahead + 1);
    return kinds[cursor + ahead];
  }

  /** The current token's keyword, or null. */
  @Nullable Keyword keyword() {
    return keywords[cursor];
  }

  @Nullable Keyword keyword(int ahead) {
    fill(cursor + ahead + 1);
    return keywords[cursor + ahead];
  }

  boolean at(TokenKind kind) {
    return kinds[cursor] == kind;
  }

  boolean at(Keyword keyword) {
    return keywords[cursor] == keyword;
  }

  boolean at(Keyword first, Keyword second) {
    return at(first) && keyword(1) == second;
  }

  boolean atAny(Keyword... wanted) {
    Keyword here = keywords[cursor];
    if (here != null) {
      for (Keyword keyword : wanted) {
        if (here == keyword) {
          return true;
        }
      }
    }
    return false;
  }

  boolean atEnd() {
    return at(TokenKind.END) || at(TokenKind.SEMICOLON);
  }

  /** Offset of the current token. */
  int start() {
    return starts[cursor];
  }

  /** Offset behind the token before the current one. */
  int previousEnd() {
    return cursor == 0 ? from : ends[cursor - 1];
  }

  int end() {
    return ends[cursor];
  }

  // ---- moving

  /** A place to come back to. */
  int mark() {
    return cursor;
  }

  void reset(int mark) {
    cursor = mark;
  }

  void next() {
    fill(cursor + 2);
    cursor++;
  }

  boolean accept(TokenKind kind) {
    if (kinds[cursor] == kind) {
      next();
      return true;
    }
    return false;
  }

  boolean accept(Keyword keyword) {
    if (keywords[cursor] == keyword) {
      next();
      return true;
    }
    return false;
  }

  boolean accept(Keyword first, Keyword second) {
    if (at(first, second)) {
      next();
      next();
      return true;
    }
    return false;
  }

  /** Accepts one of them. */
  boolean acceptAny(Keyword... wanted) {
    if (atAny(wanted)) {
      next();
      return true;
    }
    return false;
  }

  void expect(TokenKind kind) {
    if (!accept(kind)) {
      throw error();
    }
  }

  void expect(Keyword keyword) {
    if (!accept(keyword)) {
      throw error();
    }
  }

  void expectAny(Keyword... wanted) {
    if (!acceptAny(wanted)) {
      throw error();
    }
  }

  // ---- words and values

  /** The current token as it stands in the text. */
  String tokenText() {
    return text.substring(starts[cursor], ends[cursor]);
  }

  String textBetween(int start, int end) {
    return text.substring(start, end);
  }

  /** Whether the current token can be an identifier. */
  boolean atIdentifier() {
    return isIdentifier(kinds[cursor], keywords[cursor]);
  }

  boolean isIdentifierAt(int ahead) {
    fill(cursor + ahead + 1);
    return isIdentifier(kinds[cursor + ahead], keywords[cursor + ahead]);
  }

  private static boolean isIdentifier(TokenKind kind, @Nullable Keyword keyword) {
    return switch (kind) {
      case IDENTIFIER, QUOTED_IDENTIFIER -> true;
      case KEYWORD -> keyword != null && !keyword.isReserved() && !keyword.isFunctionName();
      default -> false;
    };
  }

  /** Reads an identifier. */
  String identifier() {
    if (!atIdentifier()) {
      throw error();
    }
    String name = identifierText();
    next();
    return name;
  }

  private String identifierText() {
    if (kinds[cursor] != TokenKind.QUOTED_IDENTIFIER) {
      return tokenText();
    }
    if (escapes[cursor]) {
      return QuotedText.value(text, starts[cursor], ends[cursor], false);
    }
    return text.substring(starts[cursor] + 1, ends[cursor] - 1);
  }

  /** Reads an identifier or a string. */
  String identifierOrString() {
    return at(TokenKind.STRING) ? string() : identifier();
  }

  /** Reads one string token (no adjacent ones). */
  String string() {
    if (!at(TokenKind.STRING) && !at(TokenKind.NATIONAL_STRING)) {
      throw error();
    }
    int open = kinds[cursor] == TokenKind.NATIONAL_STRING ? starts[cursor] + 1 : starts[cursor];
    String value = quotedValue(open);
    next();
    return value;
  }

  private String quotedValue(int open) {
    if (escapes[cursor]) {
      return QuotedText.value(text, open, ends[cursor], !hasMode(ParserMode.NO_BACKSLASH_ESCAPES));
    }
    return text.substring(open + 1, ends[cursor] - 1);
  }

  /** Reads {@code @name}: the name as typed. */
  String userVariable() {
    if (!at(TokenKind.USER_VARIABLE)) {
      throw error();
    }
    int name = starts[cursor] + 1;
    char first = name < ends[cursor] ? text.charAt(name) : ' ';
    String value;
    if (name == ends[cursor]) {
      value = "";
    } else if (first == '`') {
      value =
          escapes[cursor]
              ? QuotedText.value(text, name, ends[cursor], false)
              : text.substring(name + 1, ends[cursor] - 1);
    } else if (first == '\'' || first == '"') {
      value = quotedValue(name);
    } else {
      value = text.substring(name, ends[cursor]);
    }
    next();
    return value;
  }

  /** Reads a keyword or identifier as a word in upper case: values of options such as ALGORITHM = INPLACE. */
  String word() {
    if (!at(TokenKind.KEYWORD) && !at(TokenKind.IDENTIFIER)) {
      throw error();
    }
    String word = tokenText().toUpperCase(Locale.ROOT);
    next();
    return word;
  }

  /** Reads an identifier that is the given word, which is no keyword; false when it is not there. */
  boolean acceptWord(String word) {
    if (at(TokenKind.IDENTIFIER) && tokenText().equalsIgnoreCase(word)) {
      next();
      return true;
    }
    return false;
  }

  /** Reads a non-negative integer that fits a long. */
  long integer() {
    if (!at(TokenKind.INTEGER)) {
      throw error();
    }
    long value = 0;
    for (int i = starts[cursor]; i < ends[cursor]; i++) {
      int digit = text.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        value = Long.MAX_VALUE;
        break;
      }
      value = value * 10 + digit;
    }
    next();
    return value;
  }

  // ---- errors

  /** 1064 near the current token. */
  DatabaseException error() {
    return errorAt(starts[cursor]);
  }

  DatabaseException errorAt(int offset) {
    return SyntaxErrors.near(text, from, offset, to);
  }

  /** To be called before each nested part; an error instead of a stack overflow. */
  void enter() {
    if (++depth > DEPTH_MAX) {
      throw tooDeep();
    }
  }

  void leave() {
    depth--;
  }

  static DatabaseException tooDeep() {
    return MySqlError.ER_STACK_OVERRUN_NEED_MORE.exception(1048576L, 1048576L, 131072L);
  }
}
