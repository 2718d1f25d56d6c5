package io.vaquita.value;

import java.util.Arrays;

/**
 * A LIKE pattern. Immutable, thread-safe. Characters are compared one by one by the collation, without padding and expansions; byte
 * strings byte by byte.
 *
 * <p>For each ASCII character of the pattern there are 128 bits: the ASCII characters that match it. So a text of ASCII is matched byte by
 * byte, whatever the collation; only other characters are decoded and compared by their weights.
 */
public final class LikeMatcher {
  private static final int ANY_STRING = -1;
  private static final int ANY_CHARACTER = -2;
  private static final int ASCII_END = 128;

  private final Collation collation;
  private final boolean bytes;
  private final int[] pattern;

  /** Two longs for each place of the pattern; nothing for characters beyond ASCII. */
  private final long[] asciiMatches;

  /**
   * @param escape the escape character, -1 for none
   */
  public LikeMatcher(Slice pattern, int escape, Collation collation) {
    this.collation = collation;
    this.bytes = collation.equals(Collations.BINARY);
    this.pattern = compile(pattern, escape);
    this.asciiMatches = asciiMatches(this.pattern);
  }

  private long[] asciiMatches(int[] compiled) {
    long[] all = new long[2 * compiled.length];
    for (int p = 0; p < compiled.length; p++) {
      int c = compiled[p];
      if (c == ANY_CHARACTER) {
        all[2 * p] = -1;
        all[2 * p + 1] = -1;
      } else if (bytes && c >= 0 && c < ASCII_END) {
        all[2 * p + (c >> 6)] = 1L << c;
      } else if (c >= 0 && c < ASCII_END) {
        long[] same = collation.asciiMatches(c);
        all[2 * p] = same[0];
        all[2 * p + 1] = same[1];
      }
    }
    return all;
  }

  private int[] compile(Slice text, int escape) {
    int[] out = new int[text.length()];
    int count = 0;
    int at = text.offset();
    int end = at + text.length();
    while (at < end) {
      int c = character(text.array(), at, end);
      at += step(text.array()[at]);
      if (c == escape && at < end) {
        c = character(text.array(), at, end);
        at += step(text.array()[at]);
      } else if (c == '%') {
        c = ANY_STRING;
      } else if (c == '_') {
        c = ANY_CHARACTER;
      }
      if (c != ANY_STRING || count == 0 || out[count - 1] != ANY_STRING) {
        out[count++] = c;
      }
    }
    return Arrays.copyOf(out, count);
  }

  private int character(byte[] array, int at, int end) {
    if (bytes || array[at] >= 0) {
      return array[at] & 0xff;
    }
    int c = Utf8.codePoint(array, at, end);
    return c < 0 ? 0xdc00 | array[at] & 0xff : c;
  }

  private int step(byte first) {
    return bytes ? 1 : Utf8.width(first);
  }

  /** Whether the whole text matches. */
  public boolean matches(Slice text) {
    byte[] array = text.array();
    int at = text.offset();
    int end = at + text.length();
    int p = 0;
    int retryPattern = -1;
    int retryText = 0;
    while (at < end) {
      if (p < pattern.length && pattern[p] == ANY_STRING) {
        if (++p == pattern.length) {
          return true;
        }
        retryPattern = p;
        at = find(p, array, at, end);
        retryText = at;
      } else if (p < pattern.length && matchesAt(p, array, at, end)) {
        at += step(array[at]);
        p++;
      } else if (retryPattern >= 0) {
        p = retryPattern;
        at = find(p, array, retryText + step(array[retryText]), end);
        retryText = at;
      } else {
        return false;
      }
    }
    return p == pattern.length || p == pattern.length - 1 && pattern[p] == ANY_STRING;
  }

  /** The first character from {@code at} on that matches a place of the pattern; {@code end} when there is none. */
  private int find(int p, byte[] array, int at, int end) {
    int wanted = pattern[p];
    long low = asciiMatches[2 * p];
    long high = asciiMatches[2 * p + 1];
    int i = at;
    while (i < end) {
      byte b = array[i];
      boolean matches =
          b >= 0 && wanted < ASCII_END
              ? ((b < 64 ? low : high) >>> b & 1) != 0
              : matchesCharacter(wanted, array, i, end);
      if (matches) {
        return i;
      }
      i += step(b);
    }
    return end;
  }

  private boolean matchesAt(int p, byte[] array, int at, int end) {
    byte b = array[at];
    return b >= 0 && pattern[p] < ASCII_END
        ? (asciiMatches[2 * p + (b >> 6)] >>> b & 1) != 0
        : matchesCharacter(pattern[p], array, at, end);
  }

  private boolean matchesCharacter(int wanted, byte[] array, int at, int end) {
    if (wanted == ANY_CHARACTER) {
      return true;
    }
    int c = character(array, at, end);
    return c == wanted || !bytes && collation.sameCharacter(wanted, c);
  }

  /** The characters before the first wildcard: the range of an index that can match begins with them. Without escapes. */
  public Slice literalPrefix() {
    TextBuffer out = new TextBuffer(32);
    for (int c : pattern) {
      if (c < 0) {
        break;
      }
      if (bytes) {
        out.append((byte) c);
      } else {
        Utf8.append(out, c);
      }
    }
    return out.toSlice();
  }

  /** Whether there is no wildcard at all. */
  public boolean isLiteral() {
    for (int c : pattern) {
      if (c < 0) {
        return false;
      }
    }
    return true;
  }
}
