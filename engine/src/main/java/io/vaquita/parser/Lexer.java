package io.vaquita.parser;

import static io.vaquita.parser.CharacterClass.isDigit;
import static io.vaquita.parser.CharacterClass.isHex;
import static io.vaquita.parser.CharacterClass.isIdentifier;
import static io.vaquita.parser.CharacterClass.isSpace;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens, one at a time, by MySQL's rules (manual: "Literal Values", "Schema Object Names", "Comments", "Function Name
 * Parsing and Resolution"). Confined to one thread.
 *
 * <p>It allocates nothing for a token: the token is in the fields {@link #kind}, {@link #keyword}, {@link #start} and {@link #end}.
 * Both the parser and the digest read through it, so that they cannot disagree on what a token is.
 */
final class Lexer {
  /** The version that {@code /*!nnnnn} comments are measured by. */
  static final int VERSION = 80408;

  final String text;
  private final int length;
  private final long mode;

  TokenKind kind = TokenKind.END;

  /** Only with {@link TokenKind#KEYWORD}. */
  @Nullable Keyword keyword;

  int start;
  int end;

  /** Of a quoted token: whether its value differs from the characters between the quotes. */
  boolean hasEscapes;

  private int position;

  /** Inside {@code /*! … *}{@code /} whose content is read. */
  private boolean inVersionComment;

  /** The last token was a dot directly followed by a name: what follows is no keyword. */
  private boolean afterDot;

  /** The last token can be followed by {@code .5} as a name instead of a number. */
  private boolean afterName;

  /** The last token is a statement's keyword after which {@code /*+} begins hints. */
  private boolean hintsAllowed;

  Lexer(String text, int from, int to, long mode) {
    this.text = text;
    this.position = from;
    this.length = to;
    this.mode = mode;
  }

  private char at(int index) {
    return index < length ? text.charAt(index) : '\0';
  }

  /** To the next token. After {@link TokenKind#END} it stays there. */
  void next() {
    boolean nameBefore = afterName;
    boolean hints = hintsAllowed;
    afterName = false;
    hintsAllowed = false;
    keyword = null;
    hasEscapes = false;
    if (afterDot) {
      afterDot = false;
      start = position;
      name(true);
      return;
    }
    int before = position;
    if (!skipBlanks(hints)) {
      return;
    }
    start = position;
    if (position >= length) {
      end = position;
      kind = inVersionComment ? TokenKind.BAD : TokenKind.END;
      return;
    }
    char c = text.charAt(position);
    if (isDigit(c)) {
      number();
    } else if (isIdentifier(c)) {
      word(c);
    } else {
      symbol(c, nameBefore && before == position);
    }
  }

  /** Skips blanks and comments; false when that ended in a token (hints, or a comment without end). */
  private boolean skipBlanks(boolean hints) {
    boolean first = hints;
    while (position < length) {
      char c = text.charAt(position);
      if (isSpace(c)) {
        position++;
      } else if (c == '#' || c == '-' && isDashComment()) {
        skipLine();
        first = false;
      } else if (c == '/' && at(position + 1) == '*') {
        if (first && at(position + 2) == '+') {
          return hintComment();
        }
        if (!comment()) {
          return false;
        }
        first = false;
      } else if (c == '*' && inVersionComment && at(position + 1) == '/') {
        inVersionComment = false;
        position += 2;
      } else {
        return true;
      }
    }
    return true;
  }

  /** {@code --} needs a blank, a control character or the end behind it. */
  private boolean isDashComment() {
    if (at(position + 1) != '-') {
      return false;
    }
    char c = at(position + 2);
    return c <= ' ' || c == 127;
  }

  private void skipLine() {
    int newline = text.indexOf('\n', position);
    position = newline < 0 || newline >= length ? length : newline;
  }

  private boolean hintComment() {
    int close = text.indexOf("*/", position + 3);
    if (close < 0 || close + 2 > length) {
      return bad(length);
    }
    start = position;
    end = close + 2;
    position = end;
    kind = TokenKind.HINT;
    return false;
  }

  /** At {@code /*}. False when the comment has no end. */
  private boolean comment() {
    int open = position;
    if (at(open + 2) == '!') {
      int digits = 0;
      int version = 0;
      while (digits < 6 && isDigit(at(open + 3 + digits))) {
        version = version * 10 + (at(open + 3 + digits) - '0');
        digits++;
      }
      if (digits < 5) {
        position = open + 3;
        inVersionComment = true;
        return true;
      }
      if (version <= VERSION) {
        position = open + 3 + digits;
        inVersionComment = true;
        return true;
      }
      return skipComment(open, true);
    }
    return skipComment(open, false);
  }

  /** A version comment that is skipped may hold one level of plain comments. */
  private boolean skipComment(int open, boolean nested) {
    int i = open + 2;
    while (i + 1 < length) {
      char c = text.charAt(i);
      if (c == '*' && text.charAt(i + 1) == '/') {
        position = i + 2;
        return true;
      }
      if (nested && c == '/' && text.charAt(i + 1) == '*') {
        int close = text.indexOf("*/", i + 2);
        if (close < 0 || close + 2 > length) {
          break;
        }
        i = close + 2;
        continue;
      }
      i++;
    }
    start = open;
    return bad(length);
  }

  private boolean bad(int to) {
    start = position;
    kind = TokenKind.BAD;
    end = to;
    position = to;
    return false;
  }

  private void finish(TokenKind tokenKind, int to) {
    kind = tokenKind;
    end = to;
    position = to;
  }

  private void word(char first) {
    char second = at(position + 1);
    if (second == '\'') {
      switch (first) {
        case 'x', 'X' -> {
          digits(TokenKind.HEX);
          return;
        }
        case 'b', 'B' -> {
          digits(TokenKind.BITS);
          return;
        }
        case 'n', 'N' -> {
          position++;
          quoted('\'', TokenKind.NATIONAL_STRING);
          return;
        }
        default -> {}
      }
    }
    name(false);
  }

  /** {@code X'…'} and {@code B'…'}. */
  private void digits(TokenKind tokenKind) {
    int i = position + 2;
    if (tokenKind == TokenKind.HEX) {
      while (isHex(at(i))) {
        i++;
      }
    } else {
      while (at(i) == '0' || at(i) == '1') {
        i++;
      }
    }
    boolean isWhole = at(i) == '\'' && (tokenKind == TokenKind.BITS || (i - position) % 2 == 0);
    if (isWhole) {
      finish(tokenKind, i + 1);
    } else {
      bad(i);
    }
  }

  private void name(boolean neverKeyword) {
    int hash = 0;
    int i = position;
    while (i < length) {
      char c = text.charAt(i);
      if (!isIdentifier(c)) {
        break;
      }
      hash = Keyword.hashStep(hash, c);
      i++;
    }
    int from = position;
    afterName = true;
    finish(TokenKind.IDENTIFIER, i);
    char following = at(i);
    if (neverKeyword || following == '.' && isIdentifier(at(i + 1))) {
      return;
    }
    Keyword found = Keyword.find(text, from, i, hash);
    if (found == null) {
      if (text.charAt(from) == '_'
          && CharacterSetNames.isCharacterSet(text.substring(from + 1, i))) {
        kind = TokenKind.INTRODUCER;
        afterName = false;
      }
      return;
    }
    if (found.isFunctionName() && !isCall(i)) {
      return;
    }
    kind = TokenKind.KEYWORD;
    keyword = found;
    hintsAllowed =
        switch (found) {
          case SELECT, INSERT, UPDATE, DELETE, REPLACE -> true;
          default -> false;
        };
  }

  private boolean isCall(int index) {
    int i = index;
    if ((mode & ParserMode.IGNORE_SPACE) != 0) {
      while (isSpace(at(i))) {
        i++;
      }
    }
    return at(i) == '(';
  }

  private void number() {
    int i = position;
    if (text.charAt(i) == '0') {
      char second = at(i + 1);
      if (second == 'x' || second == 'b') {
        int digit = i + 2;
        while (second == 'x' ? isHex(at(digit)) : at(digit) == '0' || at(digit) == '1') {
          digit++;
        }
        if (digit > i + 2 && !isIdentifier(at(digit))) {
          finish(second == 'x' ? TokenKind.HEX : TokenKind.BITS, digit);
          return;
        }
      }
    }
    while (isDigit(at(i))) {
      i++;
    }
    char c = at(i);
    if (c == '.') {
      fraction(i + 1);
    } else if (!isIdentifier(c)) {
      finish(TokenKind.INTEGER, i);
    } else if ((c == 'e' || c == 'E') && exponentEnd(i + 1) > 0) {
      finish(TokenKind.DOUBLE, exponentEnd(i + 1));
    } else {
      name(true);
    }
  }

  /** After the point of a number. */
  private void fraction(int from) {
    int i = from;
    while (isDigit(at(i))) {
      i++;
    }
    if (at(i) == 'e' || at(i) == 'E') {
      int exponent = exponentEnd(i + 1);
      if (exponent < 0) {
        bad(i + 1);
      } else {
        finish(TokenKind.DOUBLE, exponent);
      }
    } else {
      finish(TokenKind.DECIMAL, i);
    }
  }

  /** The end of {@code [+-]digits} at an index, or -1. */
  private int exponentEnd(int from) {
    int i = at(from) == '+' || at(from) == '-' ? from + 1 : from;
    if (!isDigit(at(i))) {
      return -1;
    }
    while (isDigit(at(i))) {
      i++;
    }
    return i;
  }

  /** A quoted token; {@code position} is at the opening quote, {@code start} may lie before it. */
  private void quoted(char quote, TokenKind tokenKind) {
    boolean backslash =
        (mode & ParserMode.NO_BACKSLASH_ESCAPES) == 0
            && quote != '`'
            && tokenKind != TokenKind.QUOTED_IDENTIFIER;
    int i = position + 1;
    while (i < length) {
      char c = text.charAt(i);
      if (c == quote) {
        if (at(i + 1) != quote || i + 1 >= length) {
          finish(tokenKind, i + 1);
          return;
        }
        hasEscapes = true;
        i += 2;
      } else if (c == '\\' && backslash) {
        hasEscapes = true;
        i += 2;
      } else {
        i++;
      }
    }
    kind = TokenKind.BAD;
    end = length;
    position = length;
  }

  private void variable() {
    char c = at(position + 1);
    if (c == '@') {
      finish(TokenKind.SYSTEM_VARIABLE, position + 2);
    } else if (c == '\'' || c == '"' || c == '`') {
      position++;
      quoted(c, TokenKind.USER_VARIABLE);
    } else {
      int i = position + 1;
      while (i < length && (isIdentifier(text.charAt(i)) || text.charAt(i) == '.')) {
        i++;
      }
      // A lone @ is a variable with an empty name, as in MySQL.
      finish(TokenKind.USER_VARIABLE, i);
    }
  }

  private void symbol(char c, boolean directlyAfterName) {
    char second = at(position + 1);
    switch (c) {
      case '\'' -> quoted(c, TokenKind.STRING);
      case '"' ->
          quoted(
              c,
              (mode & ParserMode.ANSI_QUOTES) != 0
                  ? TokenKind.QUOTED_IDENTIFIER
                  : TokenKind.STRING);
      case '`' -> {
        quoted(c, TokenKind.QUOTED_IDENTIFIER);
        afterName = kind == TokenKind.QUOTED_IDENTIFIER;
      }
      case '@' -> variable();
      case '.' -> {
        if (isDigit(second) && !directlyAfterName) {
          fraction(position + 1);
        } else {
          one(TokenKind.DOT);
          afterDot = isIdentifier(at(position)) && position < length;
        }
      }
      case ';' -> one(TokenKind.SEMICOLON);
      case '?' -> one(TokenKind.PARAMETER);
      case '(' -> one(TokenKind.LEFT_PAREN);
      case ')' -> one(TokenKind.RIGHT_PAREN);
      case '{' -> one(TokenKind.LEFT_BRACE);
      case '}' -> one(TokenKind.RIGHT_BRACE);
      case ',' -> one(TokenKind.COMMA);
      case '+' -> one(TokenKind.PLUS);
      case '*' -> one(TokenKind.STAR);
      case '/' -> one(TokenKind.SLASH);
      case '%' -> one(TokenKind.PERCENT);
      case '^' -> one(TokenKind.CARET);
      case '~' -> one(TokenKind.TILDE);
      case '=' -> one(TokenKind.EQUAL);
      case '-' -> minus(second);
      case '<' -> less(second);
      case '>' -> {
        switch (second) {
          case '=' -> two(TokenKind.GREATER_OR_EQUAL);
          case '>' -> two(TokenKind.SHIFT_RIGHT);
          default -> one(TokenKind.GREATER);
        }
      }
      case '!' -> oneOrTwo(second == '=', TokenKind.NOT_EQUAL, TokenKind.EXCLAMATION);
      case '&' -> oneOrTwo(second == '&', TokenKind.AND_AND, TokenKind.AMPERSAND);
      case '|' -> oneOrTwo(second == '|', TokenKind.OR_OR, TokenKind.PIPE);
      case ':' -> oneOrTwo(second == '=', TokenKind.ASSIGN, TokenKind.COLON);
      default -> one(TokenKind.BAD);
    }
  }

  private void minus(char second) {
    if (second != '>') {
      one(TokenKind.MINUS);
    } else if (at(position + 2) == '>') {
      finish(TokenKind.LONG_ARROW, position + 3);
    } else {
      two(TokenKind.ARROW);
    }
  }

  private void less(char second) {
    switch (second) {
      case '=' -> {
        if (at(position + 2) == '>') {
          finish(TokenKind.NULL_SAFE_EQUAL, position + 3);
        } else {
          two(TokenKind.LESS_OR_EQUAL);
        }
      }
      case '>' -> two(TokenKind.NOT_EQUAL);
      case '<' -> two(TokenKind.SHIFT_LEFT);
      default -> one(TokenKind.LESS);
    }
  }

  private void one(TokenKind tokenKind) {
    finish(tokenKind, position + 1);
  }

  private void two(TokenKind tokenKind) {
    finish(tokenKind, position + 2);
  }

  private void oneOrTwo(boolean isTwo, TokenKind two, TokenKind one) {
    finish(isTwo ? two : one, isTwo ? position + 2 : position + 1);
  }
}
