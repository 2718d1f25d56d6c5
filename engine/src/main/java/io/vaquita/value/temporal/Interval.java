package io.vaquita.value.temporal;

import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;

/**
 * An amount of time as {@code INTERVAL} gives it: months and microseconds apart, with a sign. Mutable, not thread-safe; made once and
 * reused by one caller.
 */
public final class Interval {
  private final long[] numbers = new long[5];
  private long months;
  private long micros;
  private boolean overflow;

  /** An amount of a single-field unit. */
  public void set(IntervalUnit unit, long amount) {
    clear();
    add(unit, amount);
  }

  /** An amount with a fraction of a second: only SECOND and MICROSECOND know fractions. */
  public void setMicros(long amountMicros) {
    clear();
    micros = amountMicros;
  }

  private void clear() {
    months = 0;
    micros = 0;
    overflow = false;
  }

  public boolean isZero() {
    return months == 0 && micros == 0;
  }

  public boolean isNegative() {
    return months < 0 || micros < 0;
  }

  private void add(IntervalUnit unit, long amount) {
    switch (unit) {
      case YEAR -> addMonths(amount, 12);
      case QUARTER -> addMonths(amount, 3);
      case MONTH -> addMonths(amount, 1);
      case WEEK -> addMicros(amount, 7 * Days.MICROS_PER_DAY);
      case DAY -> addMicros(amount, Days.MICROS_PER_DAY);
      case HOUR -> addMicros(amount, 3_600_000_000L);
      case MINUTE -> addMicros(amount, 60_000_000);
      case SECOND -> addMicros(amount, 1_000_000);
      case MICROSECOND -> addMicros(amount, 1);
      default -> throw new IllegalArgumentException("needs text: " + unit);
    }
  }

  private void addMonths(long amount, int factor) {
    if (Math.abs(amount) > 1_000_000) {
      overflow = true;
    } else {
      months += amount * factor;
    }
  }

  private void addMicros(long amount, long factor) {
    long limit = 1_000_000_000_000_000_000L / factor;
    if (amount > limit || amount < -limit) {
      overflow = true;
    } else {
      micros += amount * factor;
    }
  }

  /**
   * Reads the text of a unit with several fields ("1:30", "1 02:03:04.5", "1-2"): numbers divided by anything that is no digit; when
   * there are fewer than the unit has, they are its last ones. False when there are too many.
   */
  public boolean parse(Slice text, IntervalUnit unit) {
    clear();
    int at = 0;
    int end = text.length();
    boolean negative = false;
    while (at < end && DateTimeParser.isSpace(text.byteAt(at))) {
      at++;
    }
    if (at < end && text.byteAt(at) == '-') {
      negative = true;
      at++;
    }
    while (at < end && !DateTimeParser.isDigit(text.byteAt(at))) {
      at++;
    }
    int wanted = unit.fields();
    int count = 0;
    while (at < end && count < wanted) {
      int start = at;
      long value = 0;
      while (at < end && DateTimeParser.isDigit(text.byteAt(at))) {
        value = Math.min(value * 10 + text.byteAt(at++) - '0', 100_000_000_000_000_000L);
      }
      // a fraction of a second, also where it is the only number
      boolean isMicros = unit.hasMicros() && (count == wanted - 1 || at == end);
      for (int digits = at - start; isMicros && digits < 6; digits++) {
        value *= 10;
      }
      numbers[count++] = value;
      while (at < end && !DateTimeParser.isDigit(text.byteAt(at))) {
        at++;
      }
    }
    if (at < end) {
      return false;
    }
    assign(unit, count, wanted, negative);
    return true;
  }

  private static final IntervalUnit[] PARTS = {
    IntervalUnit.DAY,
    IntervalUnit.HOUR,
    IntervalUnit.MINUTE,
    IntervalUnit.SECOND,
    IntervalUnit.MICROSECOND
  };

  private void assign(IntervalUnit unit, int count, int wanted, boolean negative) {
    int missing = wanted - count;
    for (int i = 0; i < count; i++) {
      int field = missing + i;
      long n = negative ? -numbers[i] : numbers[i];
      if (unit == IntervalUnit.YEAR_MONTH) {
        add(field == 0 ? IntervalUnit.YEAR : IntervalUnit.MONTH, n);
      } else {
        add(PARTS[firstPart(unit) + field], n);
      }
    }
  }

  private static int firstPart(IntervalUnit unit) {
    return switch (unit) {
      case DAY_MICROSECOND, DAY_SECOND, DAY_MINUTE, DAY_HOUR -> 0;
      case HOUR_MICROSECOND, HOUR_SECOND, HOUR_MINUTE -> 1;
      case MINUTE_MICROSECOND, MINUTE_SECOND -> 2;
      default -> 3;
    };
  }

  public void negate() {
    months = -months;
    micros = -micros;
  }

  /**
   * Adds this to a DATE, DATETIME or TIME and returns the packed result: for a TIME a TIME, otherwise a DATETIME (whose date part is
   * the result where a DATE stays a DATE); {@link Days#OVERFLOW} when it leaves the range, or the date has zero parts.
   */
  public long addTo(long packed, TypeKind kind) {
    if (overflow) {
      return Days.OVERFLOW;
    }
    if (kind == TypeKind.TIME) {
      long sum = PackedTemporal.timeMicros(packed) + micros;
      return months != 0 || Math.abs(sum) > PackedTemporal.timeMicros(PackedTemporal.TIME_MAX)
          ? Days.OVERFLOW
          : PackedTemporal.ofTimeMicros(sum);
    }
    long moved = months == 0 ? packed : addMonthsTo(packed);
    if (moved == Days.OVERFLOW || micros == 0) {
      return moved;
    }
    if (PackedTemporal.month(moved) == 0 || PackedTemporal.day(moved) == 0) {
      return Days.OVERFLOW;
    }
    return Days.dateTimeOfMicros(Days.microsOfDateTime(moved) + micros);
  }

  private long addMonthsTo(long packed) {
    int month = PackedTemporal.month(packed);
    long sum = PackedTemporal.year(packed) * 12L + months + month - 1;
    if (sum < 0 || sum >= 120_000) {
      return Days.OVERFLOW;
    }
    int year = (int) (sum / 12);
    int newMonth = (int) (sum % 12) + 1;
    int day = Math.min(PackedTemporal.day(packed), Days.inMonth(year, newMonth));
    return PackedTemporal.ofDate(year, newMonth, day) | PackedTemporal.timePart(packed);
  }
}
