package io.vaquita.value.temporal;

/** What dates a conversion accepts: bits, mostly out of {@code sql_mode}. Stateless. */
public final class DateFlags {
  /** Dates with a zero month or day are values ("2020-00-00"), unless {@link #NO_ZERO_IN_DATE} is set. */
  public static final int FUZZY = 1;

  /** The text must hold a date and a time of day; used to find out whether a TIME's text is a DATETIME. */
  static final int DATETIME_ONLY = 2;

  public static final int NO_ZERO_IN_DATE = 4;
  public static final int NO_ZERO_DATE = 8;

  /** ALLOW_INVALID_DATES: any day up to 31 in any month. */
  public static final int INVALID_DATES = 16;

  /** TIME_TRUNCATE_FRACTIONAL: digits beyond the sixth are cut, not rounded. */
  public static final int TRUNCATE_FRACTION = 32;

  private DateFlags() {}

  /** The flags of a store into a column: {@link #FUZZY} and what the bits of {@code sql_mode} forbid. */
  public static int ofSqlMode(long sqlMode) {
    return FUZZY
        | ((sqlMode & 1L << 23) != 0 ? NO_ZERO_IN_DATE : 0)
        | ((sqlMode & 1L << 24) != 0 ? NO_ZERO_DATE : 0)
        | ((sqlMode & 1L << 25) != 0 ? INVALID_DATES : 0)
        | ((sqlMode & 1L << 32) != 0 ? TRUNCATE_FRACTION : 0);
  }

  /** Whether year, month and day make a date under these flags; the reason against is added to {@code result}. */
  static boolean accept(int year, int month, int day, int flags, TemporalResult result) {
    if (year == 0 && month == 0 && day == 0) {
      if ((flags & NO_ZERO_DATE) != 0) {
        result.warnings |= TemporalResult.ZERO_DATE;
        return false;
      }
      return true;
    }
    if (((flags & NO_ZERO_IN_DATE) != 0 || (flags & FUZZY) == 0) && (month == 0 || day == 0)) {
      result.warnings |= TemporalResult.ZERO_IN_DATE;
      return false;
    }
    if ((flags & INVALID_DATES) == 0 && month != 0 && day > Days.inMonth(year, month)) {
      result.warnings |= TemporalResult.OUT_OF_RANGE;
      return false;
    }
    return true;
  }

  /** Checks a value that exists already (a column, a function's result) against the flags. */
  public static boolean accepts(long packedDate, int flags) {
    return accept(
        PackedTemporal.year(packedDate),
        PackedTemporal.month(packedDate),
        PackedTemporal.day(packedDate),
        flags,
        new TemporalResult());
  }
}
