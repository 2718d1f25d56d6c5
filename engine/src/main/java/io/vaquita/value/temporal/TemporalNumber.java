package io.vaquita.value.temporal;

import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers read as dates and times: 20240131, 20240131102030.5, 102030. Stateless. */
public final class TemporalNumber {
  private TemporalNumber() {}

  /** YYMMDD, YYYYMMDD, YYMMDDhhmmss or YYYYMMDDhhmmss with {@code micros} as fraction. */
  public static void toDateTime(long number, int micros, int flags, TemporalResult result) {
    result.clear();
    if (number < 0) {
      result.warnings |= TemporalResult.OUT_OF_RANGE;
      return;
    }
    TypeKind kind = TypeKind.DATETIME;
    long n = number;
    if (n == 0 && micros == 0 && (flags & DateFlags.DATETIME_ONLY) == 0) {
      kind = TypeKind.DATE;
    } else if (n < 10_000_101_000_000L) {
      kind = n <= 99_991_231 ? TypeKind.DATE : TypeKind.DATETIME;
      n = widen(n, flags);
      if (n < 0) {
        result.warnings |= TemporalResult.TRUNCATED;
        return;
      }
    }
    long date = n / 1_000_000;
    int time = (int) (n % 1_000_000);
    int year = (int) Math.min(date / 10000, 100_000);
    int month = (int) (date / 100 % 100);
    int day = (int) (date % 100);
    int hour = time / 10000;
    int minute = time / 100 % 100;
    int second = time % 100;
    if (year > 9999 || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59) {
      result.warnings |= TemporalResult.TRUNCATED;
      return;
    }
    if (DateFlags.accept(year, month, day, flags, result)) {
      result.set(kind, PackedTemporal.ofDateTime(year, month, day, hour, minute, second, micros));
    }
  }

  /** Fourteen digits out of fewer, or -1. */
  private static long widen(long n, int flags) {
    if (n == 0) {
      return 0;
    }
    if (n < 101) {
      return -1;
    }
    if (n <= 691_231) {
      return (n + 20_000_000) * 1_000_000;
    }
    if (n < 700_101) {
      return -1;
    }
    if (n <= 991_231) {
      return (n + 19_000_000) * 1_000_000;
    }
    if (n < 10_000_101 && (flags & DateFlags.FUZZY) == 0) {
      return -1;
    }
    if (n <= 99_991_231) {
      return n * 1_000_000;
    }
    if (n < 101_000_000) {
      return -1;
    }
    if (n <= 691_231_235_959L) {
      return n + 20_000_000_000_000L;
    }
    if (n < 700_101_000_000L) {
      return -1;
    }
    return n <= 991_231_235_959L ? n + 19_000_000_000_000L : n;
  }

  /** hhmmss, or a number of twelve or more digits as a DATETIME, whose time of day it is then. */
  public static void toTime(long number, int micros, int flags, TemporalResult result) {
    long abs = Math.abs(number);
    if (abs > 8_385_959 || abs < 0) {
      if (number >= 10_000_000_000L) {
        toDateTime(number, micros, flags & DateFlags.TRUNCATE_FRACTION | DateFlags.FUZZY, result);
        if (result.valid) {
          result.warnings |= TemporalResult.LOST_DATE;
          result.set(TypeKind.TIME, PackedTemporal.timePart(result.packed));
          return;
        }
      }
      result.clear();
      result.warnings |= TemporalResult.OUT_OF_RANGE;
      result.kind = TypeKind.TIME;
      result.packed = number < 0 ? -PackedTemporal.TIME_MAX : PackedTemporal.TIME_MAX;
      return;
    }
    result.clear();
    result.kind = TypeKind.TIME;
    int minute = (int) (abs / 100 % 100);
    int second = (int) (abs % 100);
    if (minute > 59 || second > 59) {
      result.warnings |= TemporalResult.OUT_OF_RANGE;
      return;
    }
    TimeParser.setClipped(
        PackedTemporal.ofTime(number < 0, (int) (abs / 10000), minute, second, micros), result);
  }

  /** A DATE or DATETIME out of a decimal; digits beyond the sixth of the fraction are rounded. */
  public static void toDateTime(BigDecimal number, int flags, TemporalResult result) {
    BigDecimal n = sixDigits(number, flags);
    if (n.signum() < 0 || n.precision() - n.scale() > 18) {
      result.clear();
      result.warnings |= TemporalResult.OUT_OF_RANGE;
      return;
    }
    long whole = n.longValue();
    toDateTime(whole, micros(n, whole), flags, result);
    finishFraction(number, result);
  }

  /** A TIME out of a decimal. */
  public static void toTime(BigDecimal number, int flags, TemporalResult result) {
    BigDecimal n = sixDigits(number, flags);
    long whole =
        n.precision() - n.scale() > 18 ? n.signum() * 999_999_999_999_999_999L : n.longValue();
    int micros = n.precision() - n.scale() > 18 ? 0 : micros(n, whole);
    toTime(whole, micros, flags, result);
    if (result.valid && n.signum() < 0 && result.packed > 0) {
      result.packed = -result.packed;
    }
    finishFraction(number, result);
  }

  private static BigDecimal sixDigits(BigDecimal number, int flags) {
    return number.scale() <= 6
        ? number
        : number.setScale(
            6,
            (flags & DateFlags.TRUNCATE_FRACTION) != 0 ? RoundingMode.DOWN : RoundingMode.HALF_UP);
  }

  private static int micros(BigDecimal n, long whole) {
    return n.scale() <= 0
        ? 0
        : n.subtract(BigDecimal.valueOf(whole)).abs().movePointRight(6).intValue();
  }

  private static void finishFraction(BigDecimal number, TemporalResult result) {
    result.decimals = Math.clamp(number.scale(), 0, 6);
    if (result.valid && result.kind == TypeKind.DATE && PackedTemporal.micros(result.packed) != 0) {
      result.kind = TypeKind.DATETIME;
    }
  }
}
