package io.vaquita.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of characters on one level of a collation: none, one or several 16-bit numbers for each. Immutable after it is made;
 * thread-safe.
 *
 * <p>The tables are those of Unicode's collation algorithm (versions 4.0.0, 5.2.0, 9.0.0) and of MySQL's simple collations, as the
 * reference server's WEIGHT_STRING() shows them. Files: number of entries; for each the distance to the previous code point, the
 * number of weights and their differences; then the sequences of characters (contractions) that have weights of their own.
 */
final class WeightTable {
  /** What characters without an entry weigh. */
  enum Implicit {
    /** Two weights computed from the code point, as UCA 9.0.0 says. */
    UCA_900,
    UCA_520,
    /** As UCA 4.0.0 for the basic plane; all others are U+FFFD. */
    UCA_400,
    /** The code point itself in the basic plane; all others are U+FFFD. */
    CODE_POINT,
    /** 0x20, second level. */
    COMMON_SECOND,
    /** 2, third level. */
    COMMON_THIRD
  }

  private static final int PAGES = 0x1100;
  private static final int REPLACEMENT = 0xfffd;
  private static final char[] COMPATIBILITY_IDEOGRAPHS = {
    0xfa0e, 0xfa0f, 0xfa11, 0xfa13, 0xfa14, 0xfa1f, 0xfa21, 0xfa23, 0xfa24, 0xfa27, 0xfa28, 0xfa29
  };

  private final Implicit implicit;

  /** By code point / 256, then by code point % 256: index into {@link #pool} plus 1, or 0. */
  private final int[] @Nullable [] pages;

  /** Number of weights, then the weights. */
  private char[] pool = new char[1024];

  private int poolSize;
  private final Map<String, char[]> contractions = new HashMap<>();
  private int contractionLengthMax;

  private WeightTable(Implicit implicit) {
    this.implicit = implicit;
    this.pages = new int[PAGES][];
  }

  /** Whether there is such a table. */
  static boolean exists(String name) {
    return Resources.exists("weights/" + name + ".gz");
  }

  /** Reads a table. */
  static WeightTable read(String name, Implicit implicit) {
    WeightTable table = new WeightTable(implicit);
    table.load(name);
    return table;
  }

  /** A table that differs from another in some characters. */
  static WeightTable tailored(WeightTable base, String name) {
    WeightTable table = new WeightTable(base.implicit);
    table.pool = base.pool.clone();
    table.poolSize = base.poolSize;
    for (int i = 0; i < PAGES; i++) {
      int[] page = base.pages[i];
      table.pages[i] = page == null ? null : page.clone();
    }
    table.load(name);
    return table;
  }

  /** A table of characters that all stand in it. */
  static WeightTable of(Map<Integer, char[]> weights) {
    WeightTable table = new WeightTable(Implicit.CODE_POINT);
    weights.forEach((codePoint, w) -> table.put(codePoint, w));
    return table;
  }

  private void load(String name) {
    VarintReader in = new VarintReader(Resources.bytes("weights/" + name + ".gz"));
    int previous = -1;
    int weight = 0;
    for (int entries = in.next(); entries > 0; entries--) {
      previous += in.next() + 1;
      char[] weights = new char[in.next()];
      for (int i = 0; i < weights.length; i++) {
        int d = in.next();
        weight += d >>> 1 ^ -(d & 1);
        weights[i] = (char) weight;
      }
      put(previous, weights);
    }
    for (int sequences = in.next(); sequences > 0; sequences--) {
      int[] codePoints = new int[in.next()];
      for (int i = 0; i < codePoints.length; i++) {
        codePoints[i] = in.next();
      }
      char[] weights = new char[in.next()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (char) in.next();
      }
      contractions.put(new String(codePoints, 0, codePoints.length), weights);
      contractionLengthMax = Math.max(contractionLengthMax, codePoints.length);
    }
  }

  /** Reads numbers of seven bits a byte, least significant first. Confined to one load. */
  private static final class VarintReader {
    private final byte[] bytes;
    private int at;

    VarintReader(byte[] bytes) {
      this.bytes = bytes;
    }

    int next() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        value |= (b & 127) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }
  }

  private void put(int codePoint, char[] weights) {
    int[] page = pages[codePoint >> 8];
    if (page == null) {
      page = new int[256];
      pages[codePoint >> 8] = page;
    }
    if (poolSize + weights.length + 1 > pool.length) {
      pool = Arrays.copyOf(pool, pool.length * 2 + weights.length);
    }
    page[codePoint & 255] = poolSize + 1;
    pool[poolSize++] = (char) weights.length;
    for (char w : weights) {
      pool[poolSize++] = w;
    }
  }

  boolean hasContractions() {
    return contractionLengthMax > 0;
  }

  int contractionLengthMax() {
    return contractionLengthMax;
  }

  /** The weights of a sequence of characters, or null when it has none of its own. */
  char @Nullable [] contraction(String sequence) {
    return contractions.get(sequence);
  }

  /** Copies the weights of a character into {@code to} and returns how many there are; at most 32. */
  int weights(int codePoint, char[] to) {
    int[] page = pages[codePoint >> 8];
    int index = page == null ? 0 : page[codePoint & 255];
    if (index == 0) {
      return implicit(codePoint, to);
    }
    int count = pool[index - 1];
    System.arraycopy(pool, index, to, 0, count);
    return count;
  }

  private int implicit(int c, char[] to) {
    return switch (implicit) {
      case CODE_POINT -> single(c > 0xffff ? REPLACEMENT : c, to);
      case COMMON_SECOND -> single(0x20, to);
      case COMMON_THIRD -> single(2, to);
      case UCA_400 -> {
        int base = c >= 0x4e00 && c <= 0x9fa5 ? 0xfb40 : isExtensionA(c) ? 0xfb80 : 0xfbc0;
        yield c > 0xffff ? single(REPLACEMENT, to) : pair(base, c, to);
      }
      case UCA_520 ->
          pair(isUnified(c, 0x9fcb) ? 0xfb40 : isExtensionA(c) ? 0xfb80 : 0xfbc0, c, to);
      case UCA_900 -> implicit900(c, to);
    };
  }

  private static int implicit900(int c, char[] to) {
    if (c >= 0x17000 && c <= 0x18aff) {
      to[0] = 0xfb00;
      to[1] = (char) (c - 0x17000 | 0x8000);
      return 2;
    }
    return pair(isUnified(c, 0x9fd5) ? 0xfb40 : isExtension900(c) ? 0xfb80 : 0xfbc0, c, to);
  }

  private static int single(int weight, char[] to) {
    to[0] = (char) weight;
    return 1;
  }

  private static int pair(int base, int c, char[] to) {
    to[0] = (char) (base + (c >> 15));
    to[1] = (char) (c & 0x7fff | 0x8000);
    return 2;
  }

  private static boolean isUnified(int c, int last) {
    return c >= 0x4e00 && c <= last
        || c >= 0xfa0e
            && c <= 0xfa29
            && Arrays.binarySearch(COMPATIBILITY_IDEOGRAPHS, (char) c) >= 0;
  }

  private static boolean isExtensionA(int c) {
    return c >= 0x3400 && c <= 0x4db5;
  }

  private static boolean isExtension900(int c) {
    return isExtensionA(c)
        || c >= 0x20000 && c <= 0x2a6d6
        || c >= 0x2a700 && c <= 0x2b734
        || c >= 0x2b740 && c <= 0x2b81d
        || c >= 0x2b820 && c <= 0x2cea1;
  }
}
