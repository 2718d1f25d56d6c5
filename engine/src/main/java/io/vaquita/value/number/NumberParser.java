package io.vaquita.value.number;

import io.vaquita.value.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Reads the number at the beginning of a text, as MySQL converts strings: leading spaces, sign, digits, fraction, exponent; what
 * follows is ignored and reported. Stateless.
 */
public final class NumberParser {
  /** Digits that a double holds without loss. */
  private static final int EXACT_DIGITS_MAX = 15;

  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private NumberParser() {}

  static boolean isSpace(byte b) {
    return b == ' ' || b >= 9 && b <= 13;
  }

  /** Numbers beyond the range of DOUBLE become its greatest, with {@link NumberScan#isOverflow}. */
  public static double toDouble(Slice text, NumberScan scan) {
    NumberPrefix p = new NumberPrefix(text, scan);
    if (scan.isEmpty) {
      return 0;
    }
    int e = p.exponent - p.scale;
    if (p.exact && p.significant <= EXACT_DIGITS_MAX && e >= -22 && e <= 22) {
      double d = e < 0 ? p.digits / EXACT_POWERS[-e] : p.digits * EXACT_POWERS[e];
      return p.negative ? -d : d;
    }
    double d = Double.parseDouble(p.text());
    if (Double.isInfinite(d)) {
      scan.isOverflow = true;
      return d < 0 ? -Double.MAX_VALUE : Double.MAX_VALUE;
    }
    return d;
  }

  /**
   * As CAST(text AS SIGNED) and AS UNSIGNED read: digits up to the first other character; the rest, a fraction too, is reported as rest.
   *
   * @param unsigned positive numbers may have all 64 bits; negative ones are read as signed in any case
   */
  public static long toLongCut(Slice text, boolean unsigned, NumberScan scan) {
    scan.clear();
    byte[] bytes = text.array();
    int limit = text.offset() + text.length();
    int at = text.offset();
    while (at < limit && isSpace(bytes[at])) {
      at++;
    }
    boolean negative = false;
    if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
      negative = bytes[at] == '-';
      at++;
    }
    int first = at;
    long value = 0;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      int digit = bytes[at++] - '0';
      if (value < 0
          || value > 1_844_674_407_370_955_161L
          || value == 1_844_674_407_370_955_161L && digit > 5) {
        scan.isOverflow = true;
      } else {
        value = value * 10 + digit;
      }
    }
    scan.isEmpty = at == first;
    for (int i = at; i < limit; i++) {
      scan.hasRest |= !isSpace(bytes[i]);
    }
    return clip(value, negative, unsigned, scan);
  }

  /** {@code value} is an unsigned magnitude. */
  private static long clip(long value, boolean negative, boolean unsigned, NumberScan scan) {
    if (!negative) {
      if (!unsigned && (scan.isOverflow || value < 0)) {
        return overflow(scan, Long.MAX_VALUE);
      }
      return scan.isOverflow ? -1L : value;
    }
    if (scan.isOverflow || value < 0 && value != Long.MIN_VALUE) {
      return overflow(scan, Long.MIN_VALUE);
    }
    return -value;
  }

  /** As a store into an integer column reads: with fraction and exponent, rounded half away from zero. */
  public static long toLongRounded(Slice text, boolean unsigned, NumberScan scan) {
    NumberPrefix p = new NumberPrefix(text, scan);
    if (scan.isEmpty) {
      return 0;
    }
    if (p.exact && !p.isDecimalForm) {
      return p.negative && unsigned && p.digits != 0
          ? overflow(scan, 0)
          : p.negative ? -p.digits : p.digits;
    }
    BigDecimal d = p.decimal();
    if (d.precision() - d.scale() > 25) {
      return overflow(
          scan, p.negative ? unsigned ? 0 : Long.MIN_VALUE : unsigned ? -1 : Long.MAX_VALUE);
    }
    return Decimals.toLong(d, unsigned, scan);
  }

  static long overflow(NumberScan scan, long value) {
    scan.isOverflow = true;
    return value;
  }

  /** At most 65 digits, 30 of them after the point: more are clipped or rounded. */
  public static BigDecimal toDecimal(Slice text, NumberScan scan) {
    NumberPrefix p = new NumberPrefix(text, scan);
    if (scan.isEmpty) {
      return BigDecimal.ZERO;
    }
    BigDecimal d = p.decimal();
    if (d.scale() < 0) {
      if (d.precision() - d.scale() > Decimals.PRECISION_MAX) {
        scan.isOverflow = d.signum() != 0;
        return d.signum() == 0
            ? BigDecimal.ZERO
            : Decimals.greatest(d.signum(), Decimals.PRECISION_MAX, 0);
      }
      d = d.setScale(0, RoundingMode.UNNECESSARY);
    }
    if (d.precision() - d.scale() > Decimals.PRECISION_MAX) {
      scan.isOverflow = true;
      return Decimals.greatest(d.signum(), Decimals.PRECISION_MAX, 0);
    }
    int room =
        Math.min(
            Decimals.SCALE_MAX, Decimals.PRECISION_MAX - Math.max(0, d.precision() - d.scale()));
    if (d.scale() > room) {
      scan.lostFraction = true;
      d = d.setScale(room, RoundingMode.HALF_UP);
    }
    return d;
  }

  static boolean fitsUnsigned(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(UNSIGNED_MAX) <= 0;
  }
}
