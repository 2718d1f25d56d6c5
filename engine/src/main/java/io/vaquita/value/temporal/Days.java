package io.vaquita.value.temporal;

/** Days of the proleptic Gregorian calendar since year 0, as TO_DAYS counts them. Stateless. */
public final class Days {
  public static final long MICROS_PER_DAY = 86_400_000_000L;

  /** TO_DAYS('1970-01-01'). */
  public static final int EPOCH = 719_528;

  /** TO_DAYS('9999-12-31'). */
  public static final int MAX = 3_652_424;

  /** Returned by arithmetic whose result no DATE or DATETIME can hold. */
  public static final long OVERFLOW = Long.MIN_VALUE;

  /** Week begins on Monday. */
  private static final int MONDAY_FIRST = 1;

  /** Weeks are numbered 1 to 53 (0: 0 to 53). */
  private static final int WEEK_YEAR = 2;

  /** Week 1 is the first that begins in the year; otherwise the first with 4 days in it. */
  private static final int FIRST_WEEKDAY = 4;

  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Days() {}

  public static boolean isLeapYear(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0 && year != 0);
  }

  public static int inYear(int year) {
    return isLeapYear(year) ? 366 : 365;
  }

  /** Days of month 1 to 12. */
  public static int inMonth(int year, int month) {
    return month == 2 && isLeapYear(year) ? 29 : MONTH_DAYS[month - 1];
  }

  /** TO_DAYS. Also defined for zero months and days, as MySQL's is. */
  public static long of(int year, int month, int day) {
    if (year == 0 && month == 0) {
      return 0;
    }
    long days = 365L * year + 31L * (month - 1) + day;
    int y = year;
    if (month <= 2) {
      y--;
    } else {
      days -= (month * 4 + 23) / 10;
    }
    int centuries = (y / 100 + 1) * 3 / 4;
    return days + y / 4 - centuries;
  }

  /** TO_DAYS of a packed DATE or DATETIME. */
  public static long ofPacked(long packed) {
    return of(
        PackedTemporal.year(packed), PackedTemporal.month(packed), PackedTemporal.day(packed));
  }

  /** FROM_DAYS: the packed DATE; the zero date for numbers up to 365 and beyond 9999-12-31. */
  public static long toDate(long days) {
    if (days <= 365 || days > MAX) {
      return 0;
    }
    int year = (int) (days * 100 / 36525);
    int rest = (int) (days - 365L * year) - (year - 1) / 4;
    rest += ((year - 1) / 100 + 1) * 3 / 4;
    int dayOfYear = rest;
    int length = inYear(year);
    while (dayOfYear > length) {
      dayOfYear -= length;
      year++;
      length = inYear(year);
    }
    int month = 1;
    while (dayOfYear > inMonth(year, month)) {
      dayOfYear -= inMonth(year, month);
      month++;
    }
    return PackedTemporal.ofDate(year, month, dayOfYear);
  }

  /** Microseconds since the zero date of a DATE or DATETIME. */
  public static long microsOfDateTime(long packed) {
    return ofPacked(packed) * MICROS_PER_DAY
        + PackedTemporal.timeMicros(PackedTemporal.timePart(packed));
  }

  /** The DATETIME so many microseconds after the zero date, or {@link #OVERFLOW}. */
  public static long dateTimeOfMicros(long micros) {
    long days = Math.floorDiv(micros, MICROS_PER_DAY);
    if (days < 0 || days > MAX) {
      return OVERFLOW;
    }
    return toDate(days) | PackedTemporal.ofTimeMicros(Math.floorMod(micros, MICROS_PER_DAY));
  }

  /** WEEKDAY (0 = Monday), or with {@code sundayFirst} DAYOFWEEK minus 1 (0 = Sunday). */
  public static int weekday(long days, boolean sundayFirst) {
    return (int) ((days + 5 + (sundayFirst ? 1 : 0)) % 7);
  }

  public static int dayOfYear(long packed) {
    return (int) (ofPacked(packed) - of(PackedTemporal.year(packed), 1, 1)) + 1;
  }

  /** WEEK(date, mode) for modes 0 to 7. */
  public static int week(long packed, int mode) {
    return (int) Math.floorMod(yearAndWeek(packed, weekFlags(mode)), 100L);
  }

  /** YEARWEEK(date, mode) as YYYYWW. */
  public static long yearWeek(long packed, int mode) {
    return yearAndWeek(packed, weekFlags(mode) | WEEK_YEAR);
  }

  private static int weekFlags(int mode) {
    int flags = mode & 7;
    return (flags & MONDAY_FIRST) == 0 ? flags ^ FIRST_WEEKDAY : flags;
  }

  private static long yearAndWeek(long packed, int flags) {
    int year = PackedTemporal.year(packed);
    long day = ofPacked(packed);
    long firstDay = of(year, 1, 1);
    boolean mondayFirst = (flags & MONDAY_FIRST) != 0;
    boolean weekYear = (flags & WEEK_YEAR) != 0;
    boolean firstWeekday = (flags & FIRST_WEEKDAY) != 0;
    int weekday = weekday(firstDay, !mondayFirst);
    if (PackedTemporal.month(packed) == 1 && PackedTemporal.day(packed) <= 7 - weekday) {
      if (!weekYear && (firstWeekday && weekday != 0 || !firstWeekday && weekday >= 4)) {
        return year * 100L;
      }
      if (weekYear && (firstWeekday && weekday != 0 || !firstWeekday && weekday >= 4)) {
        year--;
        int length = inYear(year);
        firstDay -= length;
        weekday = (weekday + 53 * 7 - length) % 7;
      }
    }
    boolean late = firstWeekday && weekday != 0 || !firstWeekday && weekday >= 4;
    long days = late ? day - (firstDay + (7 - weekday)) : day - (firstDay - weekday);
    if (weekYear && days >= 52 * 7) {
      int next = (weekday + inYear(year)) % 7;
      if (!firstWeekday && next < 4 || firstWeekday && next == 0) {
        return (year + 1) * 100L + 1;
      }
    }
    return year * 100L + days / 7 + 1;
  }
}
