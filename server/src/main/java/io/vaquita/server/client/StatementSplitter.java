package io.vaquita.server.client;

import org.jspecify.annotations.Nullable;

/** Cuts lines into statements at {@code ;}, {@code \G} and {@code \g} outside quotes and comments. Not thread-safe. */
final class StatementSplitter {
  /**
   * @param isVertical it ended with {@code \G}
   */
  record Statement(String sql, boolean isVertical) {}

  private final StringBuilder text = new StringBuilder();

  void append(String line) {
    text.append(line).append('\n');
  }

  boolean hasText() {
    return !text.toString().isBlank();
  }

  void clear() {
    text.setLength(0);
  }

  /** The next whole statement, or null when more lines are needed. */
  @Nullable Statement next() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ';') {
        return cut(i, 1, false);
      }
      if (c == '\\' && i + 1 < text.length() && Character.toLowerCase(text.charAt(i + 1)) == 'g') {
        return cut(i, 2, text.charAt(i + 1) == 'G');
      }
      i = skip(i, c);
    }
    return null;
  }

  /** Behind the quoted text, comment or single character at {@code at}; the text's end when it is not closed yet. */
  private int skip(int at, char c) {
    if (c == '\'' || c == '"' || c == '`') {
      return behindQuote(at, c);
    }
    boolean isLineComment = c == '#' || c == '-' && text.indexOf("-- ", at) == at;
    if (isLineComment) {
      int end = text.indexOf("\n", at);
      return end < 0 ? text.length() : end + 1;
    }
    if (c == '/' && text.indexOf("/*", at) == at) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at + 1;
  }

  private int behindQuote(int at, char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return text.length();
  }

  private Statement cut(int end, int separatorLength, boolean isVertical) {
    String sql = text.substring(0, end).strip();
    text.delete(0, end + separatorLength);
    if (text.toString().isBlank()) {
      text.setLength(0);
    }
    return new Statement(sql, isVertical);
  }

  /** What is left without an end, or null. */
  @Nullable Statement rest() {
    String sql = text.toString().strip();
    text.setLength(0);
    return sql.isEmpty() ? null : new Statement(sql, false);
  }
}
