package io.vaquita.parser;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;

/** Makes error 1064 with MySQL's "near … at line n". Stateless. */
final class SyntaxErrors {
  private SyntaxErrors() {}

  /**
   * @param from where the statement begins: lines are counted from there
   * @param offset of the token that does not fit
   * @param to the end of the text
   */
  static DatabaseException near(String text, int from, int offset, int to) {
    int line = 1;
    for (int i = from; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    // 80 bytes at most are shown: there is no need to copy a long text.
    String near = text.substring(offset, Math.min(to, offset + 81));
    return MySqlError.ER_PARSE_ERROR.exception(MySqlError.ER_SYNTAX_ERROR.format(), near, line);
  }
}
