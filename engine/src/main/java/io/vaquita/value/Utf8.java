package io.vaquita.value;

/** Characters in UTF-8 bytes, counted without decoding. Stateless. */
public final class Utf8 {
  private Utf8() {}

  /** Number of characters (code points). */
  public static int length(Slice s) {
    byte[] array = s.array();
    int end = s.offset() + s.length();
    int count = 0;
    for (int i = s.offset(); i < end; i++) {
      if ((array[i] & 0xc0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** The bytes before character {@code characters}, counted from 0; all bytes when there are fewer. */
  public static int offsetOf(Slice s, int characters) {
    if (s.length() <= characters) {
      return s.length();
    }
    byte[] array = s.array();
    int start = s.offset();
    int end = start + s.length();
    int left = characters;
    int i = start;
    while (i < end && left > 0) {
      i += width(array[i]);
      left--;
    }
    return Math.min(i, end) - start;
  }

  /** The first so many characters. */
  public static Slice prefix(Slice s, int characters) {
    int bytes = offsetOf(s, characters);
    return bytes == s.length() ? s : s.sub(0, bytes);
  }

  /** Bytes of the character that begins with {@code first}; 1 for bytes that begin none. */
  public static int width(byte first) {
    if (first >= 0) {
      return 1;
    }
    int b = first & 0xff;
    return b < 0xc2 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 1;
  }

  /** The code point at {@code at}, or -1 where no well-formed character begins. */
  public static int codePoint(byte[] array, int at, int end) {
    int b = array[at];
    if (b >= 0) {
      return b;
    }
    int width = width((byte) b);
    if (width == 1 || at + width > end) {
      return -1;
    }
    int c = b & 0xff >> width + 1;
    for (int i = 1; i < width; i++) {
      if ((array[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      c = c << 6 | array[at + i] & 0x3f;
    }
    boolean bad =
        width == 3 && (c < 0x800 || c >= 0xd800 && c < 0xe000)
            || width == 4 && (c < 0x10000 || c > 0x10ffff);
    return bad ? -1 : c;
  }

  /** The first byte that is part of no well-formed character, or -1. */
  public static int firstMalformed(Slice s) {
    byte[] array = s.array();
    int end = s.offset() + s.length();
    int i = s.offset();
    while (i < end) {
      if (array[i] >= 0) {
        i++;
        continue;
      }
      if (codePoint(array, i, end) < 0) {
        return i - s.offset();
      }
      i += width(array[i]);
    }
    return -1;
  }

  public static boolean isAscii(Slice s) {
    byte[] array = s.array();
    int end = s.offset() + s.length();
    for (int i = s.offset(); i < end; i++) {
      if (array[i] < 0) {
        return false;
      }
    }
    return true;
  }

  public static void append(TextBuffer out, int codePoint) {
    if (codePoint < 0x80) {
      out.append((byte) codePoint);
    } else if (codePoint < 0x800) {
      out.append((byte) (0xc0 | codePoint >> 6));
      out.append((byte) (0x80 | codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      out.append((byte) (0xe0 | codePoint >> 12));
      out.append((byte) (0x80 | codePoint >> 6 & 0x3f));
      out.append((byte) (0x80 | codePoint & 0x3f));
    } else {
      out.append((byte) (0xf0 | codePoint >> 18));
      out.append((byte) (0x80 | codePoint >> 12 & 0x3f));
      out.append((byte) (0x80 | codePoint >> 6 & 0x3f));
      out.append((byte) (0x80 | codePoint & 0x3f));
    }
  }
}
