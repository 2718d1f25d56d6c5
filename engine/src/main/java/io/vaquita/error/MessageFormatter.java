package io.vaquita.error;

import java.nio.charset.StandardCharsets;

/** Replaces MySQL's {@code printf} directives in a message template. Stateless. */
final class MessageFormatter {
  private MessageFormatter() {}

  /**
   * Replaces each directive ({@code %s %d %u %ld %lu %llu %x %-.192s %.*s %c %%}) by the next argument. A template that asks for
   * more arguments than there are keeps the directive, so that a mistake shows in the text instead of hiding the error.
   */
  static String format(String template, Object... arguments) {
    StringBuilder out = new StringBuilder(template.length() + 32);
    int next = 0;
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i);
      if (c != '%') {
        out.append(c);
        i++;
        continue;
      }
      int end = directiveEnd(template, i + 1);
      if (end < 0) {
        return out.append(template, i, template.length()).toString();
      }
      if (template.charAt(end) == '%') {
        out.append('%');
      } else if (next < arguments.length) {
        out.append(render(template.substring(i + 1, end), template.charAt(end), arguments[next++]));
      } else {
        out.append(template, i, end + 1);
      }
      i = end + 1;
    }
    return out.toString();
  }

  private static int directiveEnd(String template, int from) {
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if ("-+.*0123456789lz ".indexOf(c) < 0) {
        return i;
      }
    }
    return -1;
  }

  private static String render(String flags, char kind, Object argument) {
    if (kind == 'x' || kind == 'X') {
      String hex =
          argument instanceof Number n ? Long.toHexString(n.longValue()) : String.valueOf(argument);
      return flags.startsWith("08") ? "0".repeat(Math.max(0, 8 - hex.length())) + hex : hex;
    }
    String text = String.valueOf(argument);
    int dot = flags.indexOf('.');
    if (kind != 's' || dot < 0) {
      return text;
    }
    String limit = flags.substring(dot + 1);
    return limit.isEmpty() || limit.startsWith("*") ? text : cut(text, Integer.parseInt(limit));
  }

  /** At most {@code bytesMax} bytes of UTF-8, cut on a character boundary. */
  static String cut(String text, int bytesMax) {
    if (text.length() * 3L <= bytesMax) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= bytesMax) {
      return text;
    }
    int end = bytesMax;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
