package io.vaquita.value.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** MySQL's exact arithmetic: at most 65 digits, 30 of them after the point, rounding half away from zero. Stateless. */
public final class Decimals {
  public static final int PRECISION_MAX = 65;
  public static final int SCALE_MAX = 30;

  /** Digits of one word of MySQL's own decimals: divisions are computed to whole words. */
  private static final int WORD_DIGITS = 9;

  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Decimals() {}

  public static BigDecimal add(BigDecimal a, BigDecimal b) {
    return a.add(b);
  }

  public static BigDecimal subtract(BigDecimal a, BigDecimal b) {
    return a.subtract(b);
  }

  public static BigDecimal multiply(BigDecimal a, BigDecimal b) {
    BigDecimal product = a.multiply(b);
    return product.scale() > SCALE_MAX
        ? product.setScale(SCALE_MAX, RoundingMode.HALF_UP)
        : product;
  }

  /**
   * The quotient with {@code increment} ({@code div_precision_increment}) digits more after the point than {@code a} has, at most 30:
   * computed to whole words of 9 digits as MySQL does, then rounded. {@code b} is not 0.
   */
  public static BigDecimal divide(BigDecimal a, BigDecimal b, int increment) {
    int fractionA = words(a.scale()) * WORD_DIGITS;
    int fractionB = words(b.scale()) * WORD_DIGITS;
    int more = Math.max(0, increment - (fractionA - a.scale() + fractionB - b.scale()));
    int scale = words(fractionA + fractionB + more) * WORD_DIGITS;
    BigDecimal quotient = a.divide(b, scale, RoundingMode.DOWN);
    return round(quotient, Math.min(SCALE_MAX, a.scale() + increment));
  }

  private static int words(int digits) {
    return (Math.max(0, digits) + WORD_DIGITS - 1) / WORD_DIGITS;
  }

  /** The rest of the division towards zero: it has the sign of {@code a}. {@code b} is not 0. */
  public static BigDecimal remainder(BigDecimal a, BigDecimal b) {
    return a.remainder(b).setScale(Math.max(Math.max(a.scale(), b.scale()), 0), RoundingMode.DOWN);
  }

  /** Half away from zero. */
  public static BigDecimal round(BigDecimal value, int scale) {
    return value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
  }

  /** The greatest number of so many digits, with a sign. */
  public static BigDecimal greatest(int signum, int precision, int scale) {
    BigInteger nines = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    return new BigDecimal(signum < 0 ? nines.negate() : nines, scale);
  }

  /** Whether the integer part has too many digits for DECIMAL(precision, scale). The value has that scale already. */
  public static boolean overflows(BigDecimal value, int precision, int scale) {
    return value.signum() != 0 && value.precision() - value.scale() > precision - scale;
  }

  /** By the shortest text of the double, as MySQL converts. Not for infinities. */
  public static BigDecimal ofDouble(double value) {
    BigDecimal d = new BigDecimal(Double.toString(value));
    if (d.scale() > 0) {
      d = d.stripTrailingZeros();
    }
    if (d.scale() < 0) {
      d = d.setScale(0, RoundingMode.UNNECESSARY);
    }
    if (d.precision() - d.scale() > PRECISION_MAX) {
      return greatest(d.signum(), PRECISION_MAX, 0);
    }
    return d.scale() > SCALE_MAX ? d.setScale(SCALE_MAX, RoundingMode.HALF_UP) : d;
  }

  public static BigDecimal ofLong(long value, boolean unsigned) {
    if (value >= 0 || !unsigned) {
      return BigDecimal.valueOf(value);
    }
    return new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
  }

  /** Rounds half away from zero; clips with {@link NumberScan#isOverflow}. */
  public static long toLong(BigDecimal value, boolean unsigned, NumberScan scan) {
    BigDecimal whole = value;
    if (value.scale() > 0) {
      whole = value.setScale(0, RoundingMode.HALF_UP);
      scan.lostFraction |= whole.compareTo(value) != 0;
    }
    return clip(whole, unsigned, scan);
  }

  /** Cuts the fraction; clips with {@link NumberScan#isOverflow}. */
  public static long toLongCut(BigDecimal value, boolean unsigned, NumberScan scan) {
    return clip(value.setScale(0, RoundingMode.DOWN), unsigned, scan);
  }

  private static long clip(BigDecimal whole, boolean unsigned, NumberScan scan) {
    if (unsigned) {
      if (whole.signum() < 0) {
        return NumberParser.overflow(scan, 0);
      }
      BigInteger i = whole.toBigInteger();
      return NumberParser.fitsUnsigned(i) ? i.longValue() : NumberParser.overflow(scan, -1);
    }
    if (whole.compareTo(LONG_MIN) < 0) {
      return NumberParser.overflow(scan, Long.MIN_VALUE);
    }
    return whole.compareTo(LONG_MAX) > 0
        ? NumberParser.overflow(scan, Long.MAX_VALUE)
        : whole.longValue();
  }

  /** Rounds as C's rint does, clips with {@link NumberScan#isOverflow}. */
  public static long toLong(double value, boolean unsigned, NumberScan scan) {
    double d = Math.rint(value);
    if (unsigned) {
      if (d < 0) {
        return NumberParser.overflow(scan, 0);
      }
      if (d >= 0x1p64) {
        return NumberParser.overflow(scan, -1);
      }
      return d >= 0x1p63 ? (long) (d - 0x1p63) ^ Long.MIN_VALUE : (long) d;
    }
    if (d >= 0x1p63 || d < -0x1p63) {
      return NumberParser.overflow(scan, d < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
    return (long) d;
  }
}
