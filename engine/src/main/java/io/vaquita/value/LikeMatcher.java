package io.vaquita.value;

import java.util.Arrays;

/**
 * A LIKE pattern. Immutable, thread-safe. Characters are compared one by one by the collation, without padding and expansions; byte
 * strings byte by byte.
 */
public final class LikeMatcher {
  private static final int ANY_STRING = -1;
  private static final int ANY_CHARACTER = -2;

  private final Collation collation;
  private final boolean bytes;
  private final int[] pattern;

  /**
   * @param escape the escape character, -1 for none
   */
  public LikeMatcher(Slice pattern, int escape, Collation collation) {
    this.collation = collation;
    this.bytes = collation.equals(Collations.BINARY);
    this.pattern = compile(pattern, escape);
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
        retryText = at;
      } else if (p < pattern.length && matchesCharacter(pattern[p], array, at, end)) {
        p++;
        at += step(array[at]);
      } else if (retryPattern >= 0) {
        p = retryPattern;
        retryText += step(array[retryText]);
        at = retryText;
      } else {
        return false;
      }
    }
    return p == pattern.length || p == pattern.length - 1 && pattern[p] == ANY_STRING;
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
