package io.vaquita.value.number;

import io.vaquita.value.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

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

  private static final int EXPONENT_MAX = 100_000;
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private NumberParser() {}

  /** The prefix's parts. Confined to one call. */
  private static final class Prefix {
    final byte[] bytes;
    int start;
    int end;
    boolean negative;
    long digits;
    int significant;
    boolean exact = true;
    int scale;
    int exponent;
    int integerDigits;
    boolean isDecimalForm;

    Prefix(Slice text, NumberScan scan) {
      scan.clear();
      bytes = text.array();
      int limit = text.offset() + text.length();
      int at = text.offset();
      while (at < limit && isSpace(bytes[at])) {
        at++;
      }
      start = at;
      if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
        negative = bytes[at] == '-';
        at++;
      }
      int first = at;
      at = scanDigits(at, limit);
      integerDigits = at - first;
      int fraction = 0;
      if (at < limit && bytes[at] == '.') {
        int point = at;
        at = scanDigits(at + 1, limit);
        fraction = at - point - 1;
        isDecimalForm = true;
      }
      if (integerDigits + fraction == 0) {
        scan.isEmpty = true;
        end = start;
        scan.hasRest = hasRest(start, limit);
        return;
      }
      scale = fraction;
      at = scanExponent(at, limit);
      end = at;
      scan.hasRest = hasRest(at, limit);
    }

    private boolean hasRest(int from, int limit) {
      for (int i = from; i < limit; i++) {
        if (!isSpace(bytes[i])) {
          return true;
        }
      }
      return false;
    }

    private int scanDigits(int from, int limit) {
      int at = from;
      while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
        if (significant < 18) {
          digits = digits * 10 + bytes[at] - '0';
          if (digits != 0) {
            significant++;
          }
        } else {
          exact = false;
        }
        at++;
      }
      return at;
    }

    private int scanExponent(int from, int limit) {
      int at = from;
      if (at >= limit || bytes[at] != 'e' && bytes[at] != 'E') {
        return from;
      }
      at++;
      boolean minus = false;
      if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
        minus = bytes[at] == '-';
        at++;
      }
      if (at >= limit || bytes[at] < '0' || bytes[at] > '9') {
        return from;
      }
      int value = 0;
      while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
        value = Math.min(value * 10 + bytes[at] - '0', EXPONENT_MAX);
        at++;
      }
      exponent = minus ? -value : value;
      isDecimalForm = true;
      return at;
    }

    String text() {
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Exact value; exponents beyond any DECIMAL are cut, which changes no result. */
    BigDecimal decimal() {
      if (exact) {
        BigDecimal d = BigDecimal.valueOf(negative ? -digits : digits, scale);
        return exponent == 0 ? d : d.scaleByPowerOfTen(Math.clamp(exponent, -500, 500));
      }
      int e = end;
      for (int i = start; i < end; i++) {
        if (bytes[i] == 'e' || bytes[i] == 'E') {
          e = i;
        }
      }
      String mantissa = new String(bytes, start, e - start, StandardCharsets.ISO_8859_1);
      return new BigDecimal(mantissa).scaleByPowerOfTen(Math.clamp(exponent, -500, 500));
    }
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b >= 9 && b <= 13;
  }

  /** Numbers beyond the range of DOUBLE become its greatest, with {@link NumberScan#isOverflow}. */
  public static double toDouble(Slice text, NumberScan scan) {
    Prefix p = new Prefix(text, scan);
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
    Prefix p = new Prefix(text, scan);
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
    Prefix p = new Prefix(text, scan);
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
