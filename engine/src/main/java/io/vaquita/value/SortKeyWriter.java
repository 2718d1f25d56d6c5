package io.vaquita.value;

import java.util.Arrays;

/**
 * Writes weights as sort key bytes, one for a weight of a printable ASCII character, three for others; every byte is at least 2. Mutable,
 * confined to one key.
 *
 * <p>The weights of ASCII characters, in order, have the codes 3, 5, 7, …; a weight between two of them has the even code between,
 * then its own two bytes. Strings of PAD SPACE collations are infinitely long: they end in spaces without end. A run of spaces is
 * therefore written as one space and a byte that tells how the comparison with endless spaces goes: below 128 and growing with the
 * run's length when a smaller weight follows, above 128 and falling when a greater one does, 128 when nothing follows.
 */
final class SortKeyWriter {
  private static final int RUN_END = 128;
  private static final int RUN_LENGTH_MAX = 100;

  private final char[] asciiWeights;
  private final int space;
  private final TextBuffer out;
  private int run;

  /**
   * @param asciiWeights the distinct weights of ASCII characters, ascending
   * @param space the weight of a space for PAD SPACE collations, -1 for others
   */
  SortKeyWriter(char[] asciiWeights, int space, TextBuffer out) {
    this.asciiWeights = asciiWeights;
    this.space = space;
    this.out = out;
  }

  void write(int weight) {
    if (weight == space) {
      run++;
      return;
    }
    if (run > 0) {
      endRun(weight < space);
    }
    append(weight);
  }

  /** The byte of the ASCII weight of that rank. */
  static byte code(int rank) {
    return (byte) (3 + 2 * rank);
  }

  private void append(int weight) {
    int i = Arrays.binarySearch(asciiWeights, (char) weight);
    if (i >= 0) {
      out.append(code(i));
    } else {
      out.append((byte) (2 + 2 * (-1 - i)));
      out.append((byte) (weight >> 8));
      out.append((byte) weight);
    }
  }

  private void endRun(boolean smallerFollows) {
    append(space);
    int n = Math.min(run, RUN_LENGTH_MAX);
    out.append((byte) (smallerFollows ? n : 255 - n));
    if (n == RUN_LENGTH_MAX) {
      int count = smallerFollows ? run : ~run;
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append((byte) (count >>> shift));
      }
    }
    run = 0;
  }

  /** Ends the string. */
  void finish() {
    if (space >= 0) {
      append(space);
      out.append((byte) RUN_END);
    }
  }
}
