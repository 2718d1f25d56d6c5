package io.vaquita.value.temporal;

import io.vaquita.value.TypeKind;
import java.math.BigDecimal;

/**
 * The packed form of dates and times: longs whose order is the order of time. Stateless.
 *
 * <p>DATE and DATETIME: {@code ((((year*13+month)<<5 | day) << 17) | (hour<<12 | minute<<6 | second)) << 24 | micros}, a DATE with
 * time 0. TIME: {@code sign * (((hour<<12 | minute<<6 | second) << 24) | micros)}. The zero date is 0.
 */
public final class PackedTemporal {
  private static final int DATE_SHIFT = 41;
  private static final long TIME_MASK = (1L << DATE_SHIFT) - 1;

  /**
   * Below it a value is a TIME, whose hours reach into the bits of a DATETIME's day; at and above it a DATETIME with a month or a
   * year.
   */
  private static final long TIME_END = 1L << DATE_SHIFT + 5;

  /** 838:59:59, the greatest TIME. */
  public static final long TIME_MAX = ofTime(false, 838, 59, 59, 0);

  /** 9999-12-31 23:59:59.999999, the greatest DATETIME. */
  public static final long DATETIME_MAX = ofDateTime(9999, 12, 31, 23, 59, 59, 999_999);

  private PackedTemporal() {}

  public static long ofDate(int year, int month, int day) {
    return ((year * 13L + month) << 5 | day) << DATE_SHIFT;
  }

  public static long ofDateTime(
      int year, int month, int day, int hour, int minute, int second, int micros) {
    return ofDate(year, month, day) | ((long) (hour << 12 | minute << 6 | second) << 24) | micros;
  }

  public static long ofTime(boolean negative, int hour, int minute, int second, int micros) {
    long packed = ((long) (hour << 12 | minute << 6 | second) << 24) | micros;
    return negative ? -packed : packed;
  }

  /** A TIME of so many microseconds; clipped to the range of TIME. */
  public static long ofTimeMicros(long micros) {
    long abs = Math.abs(micros);
    long seconds = abs / 1_000_000;
    if (seconds > 838L * 3600 + 59 * 60 + 59) {
      return micros < 0 ? -TIME_MAX : TIME_MAX;
    }
    int s = (int) seconds;
    return ofTime(micros < 0, s / 3600, s / 60 % 60, s % 60, (int) (abs % 1_000_000));
  }

  /** Of a DATE or DATETIME. */
  public static int year(long packed) {
    return (int) ((packed >> DATE_SHIFT + 5) / 13);
  }

  /** Of a DATE or DATETIME. */
  public static int month(long packed) {
    return (int) ((packed >> DATE_SHIFT + 5) % 13);
  }

  /** Of a DATE or DATETIME. */
  public static int day(long packed) {
    return (int) (packed >> DATE_SHIFT) & 31;
  }

  /** 0 to 23 of a DATETIME, 0 to 838 of a TIME (of its absolute value). */
  public static int hour(long packed) {
    if (packed < 0) {
      return (int) (-packed >> 36);
    }
    return packed < TIME_END ? (int) (packed >> 36) : (int) (packed >> 36) & 31;
  }

  public static int minute(long packed) {
    return (int) (Math.abs(packed) >> 30) & 63;
  }

  public static int second(long packed) {
    return (int) (Math.abs(packed) >> 24) & 63;
  }

  public static int micros(long packed) {
    return (int) Math.abs(packed) & 0xffffff;
  }

  /** The DATE in a DATETIME. */
  public static long datePart(long packedDateTime) {
    return packedDateTime & ~TIME_MASK;
  }

  /** The time of day in a DATETIME, as a TIME. */
  public static long timePart(long packedDateTime) {
    return packedDateTime & TIME_MASK;
  }

  /** Microseconds of a TIME, with its sign; of a DATETIME: those since its midnight. */
  public static long timeMicros(long packed) {
    long t = packed < 0 ? packed : timePartOrTime(packed);
    long abs = Math.abs(t);
    long result = ((hour(abs) * 60L + minute(abs)) * 60 + second(abs)) * 1_000_000 + micros(abs);
    return t < 0 ? -result : result;
  }

  private static long timePartOrTime(long packed) {
    return packed < TIME_END ? packed : packed & TIME_MASK;
  }

  /** A TIME on the day {@code packedDate} as a DATETIME; hours beyond a day and negative times move the day. */
  public static long timeToDateTime(long packedTime, long packedDate) {
    if (packedTime >= 0 && hour(packedTime) < 24) {
      return packedDate | packedTime;
    }
    long micros = Days.ofPacked(packedDate) * Days.MICROS_PER_DAY + timeMicros(packedTime);
    return Days.dateTimeOfMicros(micros);
  }

  /**
   * Converts between DATE, TIME and DATETIME (TIMESTAMP counts as DATETIME).
   *
   * @param currentDate the packed DATE of today in the session's time zone, which a TIME gets as its day
   */
  public static long convert(long packed, TypeKind from, TypeKind to, long currentDate) {
    if (from == to) {
      return packed;
    }
    if (from == TypeKind.TIME) {
      long dateTime = timeToDateTime(packed, currentDate);
      return to == TypeKind.DATE ? datePart(dateTime) : dateTime;
    }
    return switch (to) {
      case DATE -> datePart(packed);
      case TIME -> timePart(packed);
      default -> packed;
    };
  }

  /** YYYYMMDD, YYYYMMDDhhmmss or hhmmss with its sign: what {@code + 0} makes of it, without fraction. */
  public static long toNumber(long packed, TypeKind kind) {
    if (kind == TypeKind.DATE) {
      return year(packed) * 10000L + month(packed) * 100 + day(packed);
    }
    if (kind == TypeKind.TIME) {
      long abs = Math.abs(packed);
      long n = hour(abs) * 10000L + minute(abs) * 100 + second(abs);
      return packed < 0 ? -n : n;
    }
    long time = timePart(packed);
    return (year(packed) * 10000L + month(packed) * 100 + day(packed)) * 1_000_000
        + hour(time) * 10000L
        + minute(time) * 100
        + second(time);
  }

  /** {@link #toNumber} rounded by the fraction, as a conversion to an integer does. */
  public static long toRoundedNumber(long packed, TypeKind kind) {
    return kind == TypeKind.DATE
        ? toNumber(packed, kind)
        : toNumber(Fractions.round(packed, kind, 0), kind);
  }

  public static BigDecimal toDecimal(long packed, TypeKind kind, int decimals) {
    long whole = toNumber(packed, kind);
    if (decimals == 0 || kind == TypeKind.DATE) {
      return BigDecimal.valueOf(whole);
    }
    long fraction = micros(packed) / Fractions.power(6 - decimals);
    long unscaled = Math.abs(whole) * Fractions.power(decimals) + fraction;
    return BigDecimal.valueOf(packed < 0 ? -unscaled : unscaled, decimals);
  }

  public static double toDouble(long packed, TypeKind kind) {
    long whole = toNumber(packed, kind);
    double fraction = kind == TypeKind.DATE ? 0 : micros(packed) / 1e6;
    return packed < 0 ? whole - fraction : whole + fraction;
  }
}
