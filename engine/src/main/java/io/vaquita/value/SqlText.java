package io.vaquita.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Statement texts of clients as strings, without losing a byte: those that are no well-formed UTF-8 become lone surrogates U+DC80
 * to U+DCFF (U+DC00 + byte) and turn into the same bytes again, so that binary data between quotes survives. Stateless.
 */
public final class SqlText {
  private static final char ESCAPE = '\uDC00';

  private SqlText() {}

  /** UTF-8 to a string; the fast way is the JDK's, taken when the bytes are well formed. */
  public static String decode(byte[] bytes, int offset, int length) {
    int malformed = Utf8.firstMalformed(new Slice(bytes, offset, length));
    return malformed < 0
        ? new String(bytes, offset, length, StandardCharsets.UTF_8)
        : decodeEscaping(bytes, offset, length);
  }

  private static String decodeEscaping(byte[] bytes, int offset, int length) {
    StringBuilder out = new StringBuilder(length);
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int codePoint = Utf8.codePoint(bytes, i, end);
      if (codePoint < 0) {
        out.append((char) (ESCAPE + (bytes[i] & 0xFF)));
        i++;
      } else {
        out.appendCodePoint(codePoint);
        i += Utf8.width(bytes[i]);
      }
    }
    return out.toString();
  }

  /** A string to UTF-8, escaped bytes to what they were. */
  public static byte[] encode(String text) {
    int escape = firstEscape(text);
    return escape < 0 ? text.getBytes(StandardCharsets.UTF_8) : encodeEscaped(text);
  }

  private static int firstEscape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0xD800 && c <= 0xDFFF) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (isEscape(c)) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isEscape(char c) {
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
  }

  private static byte[] encodeEscaped(String text) {
    byte[] out = new byte[text.length() * 3];
    int n = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int codePoint = text.codePointAt(i);
      if (isEscape(c)) {
        out[n++] = (byte) (c - ESCAPE);
      } else {
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, n, utf8.length);
        n += utf8.length;
      }
      i += Character.charCount(codePoint);
    }
    return Arrays.copyOf(out, n);
  }
}
