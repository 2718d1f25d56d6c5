package io.vaquita.value.temporal;

/** The units of {@code INTERVAL n unit}. Immutable. */
public enum IntervalUnit {
  MICROSECOND(1, 5, 5),
  SECOND(1, 4, 4),
  MINUTE(1, 3, 3),
  HOUR(1, 2, 2),
  DAY(1, 1, 1),
  WEEK(1, 1, 1),
  MONTH(1, 0, 0),
  QUARTER(1, 0, 0),
  YEAR(1, 0, 0),
  SECOND_MICROSECOND(2, 4, 5),
  MINUTE_MICROSECOND(3, 3, 5),
  MINUTE_SECOND(2, 3, 4),
  HOUR_MICROSECOND(4, 2, 5),
  HOUR_SECOND(3, 2, 4),
  HOUR_MINUTE(2, 2, 3),
  DAY_MICROSECOND(5, 1, 5),
  DAY_SECOND(4, 1, 4),
  DAY_MINUTE(3, 1, 3),
  DAY_HOUR(2, 1, 2),
  YEAR_MONTH(2, 0, 0);

  private final int fields;
  private final int first;
  private final int last;

  IntervalUnit(int fields, int first, int last) {
    this.fields = fields;
    this.first = first;
    this.last = last;
  }

  /** How many numbers the text of an interval of this unit has. */
  public int fields() {
    return fields;
  }

  /** Whether days or greater are its smallest part, so that a DATE stays a DATE. */
  public boolean isDateOnly() {
    return last <= 1;
  }

  /** Whether it has parts of days (hours and smaller) only, so that a TIME can take it. */
  public boolean isTimeOnly() {
    return first >= 2;
  }

  public boolean hasMicros() {
    return last == 5;
  }
}
