package io.vaquita.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A character set of one byte a character: which byte is which, and what the bytes weigh in its collations. Immutable. */
final class SingleByteSet {
  private static final int NONE = -1;

  private final int[] codePoints = new int[256];
  private final Map<Integer, Integer> bytes = new HashMap<>();

  /** The tables, read when they are first needed. */
  private static final class Known {
    static final Map<String, SingleByteSet> SETS = new HashMap<>();
    static final Map<String, String[]> WEIGHTS = new HashMap<>();

    static {
      for (String[] row : Resources.rows("single-byte.tsv")) {
        String[] cells = row[2].split(" ", -1);
        if (row[0].equals("charset")) {
          SETS.put(row[1], new SingleByteSet(cells));
        } else {
          WEIGHTS.put(row[1], cells);
        }
      }
    }
  }

  private SingleByteSet(String[] cells) {
    for (int b = 0; b < 256; b++) {
      codePoints[b] = cells[b].equals("-") ? NONE : Integer.parseInt(cells[b], 16);
      if (codePoints[b] != NONE && !(codePoints[b] == '?' && b != '?')) {
        bytes.putIfAbsent(codePoints[b], b);
      }
    }
  }

  static @Nullable SingleByteSet of(String characterSet) {
    return Known.SETS.get(characterSet);
  }

  /** The code point of a byte; U+FFFD where the set has none. */
  int codePoint(byte b) {
    int c = codePoints[b & 0xff];
    return c == NONE ? 0xfffd : c;
  }

  /** The byte of a code point, or -1. */
  int byteOf(int codePoint) {
    if (codePoint < 128 && codePoints[codePoint] == codePoint) {
      return codePoint;
    }
    Integer b = bytes.get(codePoint);
    return b == null ? NONE : b;
  }

  /** Weights of a collation, or the bytes themselves for {@code _bin} ones, by code point. */
  static WeightTable weights(String characterSet, String collation) {
    SingleByteSet set = Known.SETS.get(characterSet);
    if (set == null) {
      throw new IllegalArgumentException(characterSet);
    }
    String @Nullable [] cells = Known.WEIGHTS.get(collation);
    boolean twoLevels = collation.endsWith("_czech_cs");
    Map<Integer, char[]> table = new HashMap<>();
    set.bytes.forEach(
        (codePoint, b) ->
            table.put(
                codePoint,
                cells == null
                    ? new char[] {(char) (int) b}
                    : twoLevels ? together(cells[b]) : each(cells[b])));
    return WeightTable.of(table);
  }

  private static char[] each(String hex) {
    char[] weights = new char[hex.length() / 2];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (char) Integer.parseInt(hex.substring(i * 2, i * 2 + 2), 16);
    }
    return weights;
  }

  /** First and second level in one weight: an approximation of the two Czech collations, which compare level by level. */
  private static char[] together(String hex) {
    String four = (hex + "0000").substring(0, 4);
    char weight = (char) Integer.parseInt(four, 16);
    return hex.isEmpty() ? new char[0] : new char[] {weight};
  }

  @Override
  public String toString() {
    return Arrays.toString(codePoints);
  }
}
