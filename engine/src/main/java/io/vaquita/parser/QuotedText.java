package io.vaquita.parser;

/** The values of quoted tokens. Stateless. */
final class QuotedText {
  private QuotedText() {}

  /**
   * The characters that a quoted token stands for.
   *
   * @param open the opening quote's index
   * @param end behind the closing quote
   */
  static String value(String text, int open, int end, boolean backslash) {
    char quote = text.charAt(open);
    StringBuilder out = new StringBuilder(end - open);
    int i = open + 1;
    int last = end - 1;
    while (i < last) {
      char c = text.charAt(i);
      if (c == quote) {
        out.append(quote);
        i += 2;
      } else if (c == '\\' && backslash && i + 1 < last) {
        escape(text.charAt(i + 1), out);
        i += 2;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  /** {@code \%} and {@code \_} keep their backslash, for LIKE; unknown escapes lose it. */
  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '0' -> out.append('\0');
      case 'b' -> out.append('\b');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'Z' -> out.append((char) 26);
      case '%', '_' -> out.append('\\').append(c);
      default -> out.append(c);
    }
  }
}
