package io.vaquita.value;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A collation by weights of characters, on one level (case- and accent-insensitive) or up to three. Immutable but for its tables, which
 * are read when first needed; thread-safe.
 *
 * <p>Strings of ASCII characters never touch the tables of all characters: their weights stand in an array of 128.
 */
final class WeightCollation extends Collation {
  private static final int SEVERAL = -1;
  private static final byte LEVEL_END = 1;

  private final Supplier<WeightTable[]> source;
  private volatile @Nullable Tables tables;

  /** What is made out of the weight tables once. Immutable. */
  private record Tables(
      WeightTable[] levels, int[] ascii, char[] asciiWeights, byte[] asciiCodes, int space) {
    boolean hasContractions() {
      return levels[0].hasContractions();
    }
  }

  WeightCollation(
      int id,
      String name,
      CharacterSet set,
      int sortLength,
      boolean padSpace,
      Supplier<WeightTable[]> source) {
    super(id, name, set, sortLength, padSpace);
    this.source = source;
  }

  private Tables tables() {
    Tables t = tables;
    if (t == null) {
      t = prepare(source.get(), isPadSpace());
      tables = t;
    }
    return t;
  }

  private static Tables prepare(WeightTable[] levels, boolean padSpace) {
    int[] ascii = new int[128];
    char[] one = new char[32];
    char[] distinct = new char[128];
    int count = 0;
    for (int c = 0; c < 128; c++) {
      ascii[c] = levels[0].weights(c, one) == 1 ? one[0] : SEVERAL;
      if (ascii[c] != SEVERAL && (c >= ' ' && c < 127 || c >= 9 && c <= 13)) {
        distinct[count++] = (char) ascii[c];
      }
    }
    int space = padSpace ? ascii[' '] : -1;
    if (levels[0].hasContractions()) {
      Arrays.fill(ascii, SEVERAL);
    }
    Arrays.sort(distinct, 0, count);
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (n == 0 || distinct[n - 1] != distinct[i]) {
        distinct[n++] = distinct[i];
      }
    }
    char[] weights = Arrays.copyOf(distinct, n);
    return new Tables(levels, ascii, weights, codes(ascii, weights, space), space);
  }

  /** The sort key byte of each ASCII character; 0 for those that need more than a byte, spaces of PAD SPACE collations among them. */
  private static byte[] codes(int[] ascii, char[] weights, int space) {
    byte[] codes = new byte[128];
    for (int c = 0; c < 128; c++) {
      int rank = ascii[c] < 0 ? -1 : Arrays.binarySearch(weights, (char) ascii[c]);
      if (rank >= 0 && ascii[c] != space) {
        codes[c] = SortKeyWriter.code(rank);
      }
    }
    return codes;
  }

  @Override
  public int compare(Slice a, Slice b) {
    Tables t = tables();
    int done = t.hasContractions() ? 0 : commonStart(a, b);
    byte[] x = a.array();
    byte[] y = b.array();
    int i = a.offset() + done;
    int j = b.offset() + done;
    int end = i + Math.min(a.length(), b.length()) - done;
    int[] ascii = t.ascii;
    while (i < end) {
      byte p = x[i++];
      byte q = y[j++];
      if ((p | q) < 0 || (ascii[p] | ascii[q]) < 0) {
        break;
      }
      if (ascii[p] != ascii[q]) {
        return ascii[p] - ascii[q];
      }
      done++;
    }
    if (done == a.length() && done == b.length()) {
      return t.levels.length == 1 ? 0 : compareHigherLevels(t, a, b);
    }
    int order = compareSlowly(t.levels[0], t.space, a, b, done);
    return order != 0 || t.levels.length == 1 ? order : compareHigherLevels(t, a, b);
  }

  /** How many bytes, whole characters only, two strings have in common at their start. Equal characters weigh the same. */
  private static int commonStart(Slice a, Slice b) {
    int n = Math.min(a.length(), b.length());
    int common =
        Arrays.mismatch(
            a.array(), a.offset(), a.offset() + n, b.array(), b.offset(), b.offset() + n);
    if (common < 0) {
      return n;
    }
    while (common > 0 && ((a.byteAt(common) & 0xc0) == 0x80 || (b.byteAt(common) & 0xc0) == 0x80)) {
      common--;
    }
    return common;
  }

  private static int compareHigherLevels(Tables t, Slice a, Slice b) {
    if (a.equals(b)) {
      return 0;
    }
    int order = 0;
    for (int level = 1; level < t.levels.length && order == 0; level++) {
      order = compareSlowly(t.levels[level], -1, a, b, 0);
    }
    return order;
  }

  /** {@code space}: the weight that the shorter string is filled up with, or -1. */
  private static int compareSlowly(WeightTable table, int space, Slice a, Slice b, int from) {
    WeightScan s = new WeightScan(table, a, from);
    WeightScan t = new WeightScan(table, b, from);
    while (true) {
      int v = s.next();
      int w = t.next();
      if (v == WeightScan.END && w == WeightScan.END) {
        return 0;
      }
      if (v == WeightScan.END) {
        v = space;
      } else if (w == WeightScan.END) {
        w = space;
      }
      if (v != w) {
        return v - w;
      }
    }
  }

  @Override
  public int hash(Slice s) {
    Tables t = tables();
    int h = 1;
    int spaces = 0;
    byte[] array = s.array();
    int i = s.offset();
    int end = i + s.length();
    for (; i < end; i++) {
      byte b = array[i];
      int w = b < 0 ? SEVERAL : t.ascii[b];
      if (w == SEVERAL) {
        break;
      }
      if (w == t.space) {
        spaces++;
        continue;
      }
      if (spaces > 0) {
        h = addSpaces(h, spaces, t.space);
        spaces = 0;
      }
      h = 31 * h + w;
    }
    if (i == end) {
      return h;
    }
    WeightScan scan = new WeightScan(t.levels[0], s, i - s.offset());
    for (int w = scan.next(); w != WeightScan.END; w = scan.next()) {
      if (w == t.space) {
        spaces++;
        continue;
      }
      h = 31 * addSpaces(h, spaces, t.space) + w;
      spaces = 0;
    }
    return h;
  }

  private static int addSpaces(int hash, int count, int weight) {
    int h = hash;
    for (int i = 0; i < count; i++) {
      h = 31 * h + weight;
    }
    return h;
  }

  @Override
  public void appendSortKey(Slice s, TextBuffer out) {
    Tables t = tables();
    SortKeyWriter writer = new SortKeyWriter(t.asciiWeights, t.space, out);
    byte[] array = s.array();
    int i = s.offset();
    int end = i + s.length();
    byte[] codes = t.asciiCodes;
    int from = out.extend(end - i);
    byte[] key = out.array();
    int to = from;
    while (i < end && array[i] >= 0 && codes[array[i]] != 0) {
      key[to++] = codes[array[i++]];
    }
    out.truncate(to);
    while (i < end && array[i] >= 0 && t.ascii[array[i]] >= 0) {
      writer.write(t.ascii[array[i++]]);
    }
    if (i < end) {
      WeightScan scan = new WeightScan(t.levels[0], s, i - s.offset());
      for (int w = scan.next(); w != WeightScan.END; w = scan.next()) {
        writer.write(w);
      }
    }
    writer.finish();
    for (int level = 1; level < t.levels.length; level++) {
      appendHigherLevel(t.levels[level], s, out);
    }
  }

  /** Small numbers in one byte, greater ones in three; all bytes of a level are greater than the byte before it. */
  private static void appendHigherLevel(WeightTable table, Slice s, TextBuffer out) {
    out.append(LEVEL_END);
    WeightScan scan = new WeightScan(table, s, 0);
    for (int w = scan.next(); w != WeightScan.END; w = scan.next()) {
      if (w < 0xf0) {
        out.append((byte) w);
      } else {
        out.append((byte) 0xf0);
        out.append((byte) (w >> 8));
        out.append((byte) w);
      }
    }
  }

  @Override
  public boolean sameCharacter(int a, int b) {
    if (a == b) {
      return true;
    }
    Tables t = tables();
    if ((a | b) < 128 && (t.ascii[a] | t.ascii[b]) >= 0 && t.ascii[a] != t.ascii[b]) {
      return false;
    }
    char[] v = new char[32];
    char[] w = new char[32];
    for (WeightTable level : t.levels) {
      int n = level.weights(a, v);
      int m = level.weights(b, w);
      if (!Arrays.equals(v, 0, n, w, 0, m)) {
        return false;
      }
    }
    return true;
  }
}
