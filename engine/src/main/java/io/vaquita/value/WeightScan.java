package io.vaquita.value;

/** Walks over the weights of a string on one level of a collation. Mutable, confined to one comparison. */
final class WeightScan {
  static final int END = -1;

  private final WeightTable table;
  private final byte[] array;
  private final int end;
  private int at;
  private char[] weights = new char[32];
  private int count;
  private int next;

  WeightScan(WeightTable table, Slice s, int from) {
    this.table = table;
    this.array = s.array();
    this.at = s.offset() + from;
    this.end = s.offset() + s.length();
  }

  /** The next weight, or {@link #END}. Bytes that are no character weigh as U+FFFD. */
  int next() {
    while (next == count) {
      if (at >= end) {
        return END;
      }
      load();
    }
    return weights[next++];
  }

  private void load() {
    next = 0;
    if (table.hasContractions() && contraction()) {
      return;
    }
    int c = Utf8.codePoint(array, at, end);
    if (c < 0) {
      at++;
      c = 0xfffd;
    } else {
      at += Utf8.width(array[at]);
    }
    count = table.weights(c, weights);
  }

  /** Takes the longest sequence of characters that has weights of its own. */
  private boolean contraction() {
    int[] ends = new int[table.contractionLengthMax()];
    StringBuilder text = new StringBuilder();
    int length = 0;
    int i = at;
    while (i < end && length < ends.length) {
      int c = Utf8.codePoint(array, i, end);
      if (c < 0) {
        break;
      }
      text.appendCodePoint(c);
      i += Utf8.width(array[i]);
      ends[length++] = i;
    }
    for (int n = length; n >= 2; n--) {
      String sequence = text.substring(0, text.offsetByCodePoints(0, n));
      char[] own = table.contraction(sequence);
      if (own != null) {
        System.arraycopy(own, 0, weights, 0, own.length);
        count = own.length;
        at = ends[n - 1];
        return true;
      }
    }
    return false;
  }
}
