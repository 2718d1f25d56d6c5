package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.IntervalUnit;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalNumber;
import io.vaquita.value.temporal.TemporalResult;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** YEAR, HOUR, DAYNAME, WEEK, EXTRACT: parts of dates and times. Stateless. */
final class TemporalPartFunctions {
  private static final DataType YEAR =
      new DataType(TypeKind.YEAR, 4, 0, true, false, Collations.BINARY, List.of());

  private TemporalPartFunctions() {}

  /** A number out of a packed value. */
  private interface Part {
    long of(long packed);
  }

  static void register() {
    addDatePart("year", YEAR, PackedTemporal::year);
    addDatePart("month", Types.bigint(3, false), PackedTemporal::month);
    for (String name : List.of("day", "dayofmonth")) {
      addDatePart(name, Types.bigint(3, false), PackedTemporal::day);
    }
    addDatePart("quarter", Types.bigint(2, false), p -> (PackedTemporal.month(p) + 2) / 3);
    addTimePart("hour", Types.bigint(4, false), PackedTemporal::hour);
    addTimePart("minute", Types.bigint(3, false), PackedTemporal::minute);
    addTimePart("second", Types.bigint(3, false), PackedTemporal::second);
    addTimePart("microsecond", Types.BIGINT, PackedTemporal::micros);
    addDayPart("dayofweek", 2, p -> Days.weekday(Days.ofPacked(p), true) + 1L);
    addDayPart("weekday", 2, p -> Days.weekday(Days.ofPacked(p), false));
    addDayPart("dayofyear", 4, Days::dayOfYear);
    addDayPart("to_days", 8, Days::ofPacked);
    addDayPart("weekofyear", 3, p -> Days.week(p, 3));
    Registry.add("week", 1, 2, TemporalPartFunctions::week);
    Registry.add("yearweek", 1, 2, TemporalPartFunctions::yearWeek);
    Registry.add("to_seconds", 1, (n, a, s) -> toSeconds(a));
    Registry.add("time_to_sec", 1, (n, a, s) -> timeToSeconds(a));
    Registry.add("dayname", 1, TemporalPartFunctions::dayName);
    Registry.add("monthname", 1, TemporalPartFunctions::monthName);
    Registry.add("extract", 2, TemporalPartFunctions::noKeyword);
  }

  private static Expression noKeyword(String name, List<Expression> a, BindSettings settings) {
    throw MySqlError.ER_WRONG_PARAMETERS_TO_NATIVE_FCT.exception(name);
  }

  private static void addDatePart(String name, DataType type, Part part) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a),
                type,
                (f, x) -> {
                  long packed = Temporals.fuzzyDay(x[0], f);
                  return f.isNull ? 0 : part.of(packed);
                }));
  }

  private static void addTimePart(String name, DataType type, Part part) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a),
                type,
                (f, x) -> {
                  long packed = Temporals.time(x[0], f);
                  return f.isNull ? 0 : part.of(packed);
                }));
  }

  /** Of a real day: NULL for dates with a zero part. */
  private static void addDayPart(String name, int width, Part part) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a),
                Types.bigint(width, false),
                (f, x) -> {
                  long packed = Temporals.day(x[0], f);
                  return f.isNull ? 0 : part.of(packed);
                }));
  }

  private static int mode(Expression[] x, Frame frame) {
    long mode = x.length > 1 ? x[1].evaluateLong(frame) : 0;
    frame.isNull = false;
    return (int) (mode & 7);
  }

  private static Expression week(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a),
        Types.bigint(3, false),
        (f, x) -> {
          long packed = Temporals.day(x[0], f);
          return f.isNull ? 0 : Days.week(packed, mode(x, f));
        });
  }

  private static Expression yearWeek(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a),
        Types.bigint(7, false),
        (f, x) -> {
          long packed = Temporals.day(x[0], f);
          return f.isNull ? 0 : Days.yearWeek(packed, mode(x, f));
        });
  }

  private static Expression toSeconds(List<Expression> a) {
    return Calls.ofLong(
        Head.of("to_seconds", a),
        Types.BIGINT,
        (f, x) -> {
          long packed = Temporals.realDay(Temporals.fuzzyDate(x[0], f), f);
          return f.isNull ? 0 : Days.microsOfDateTime(packed) / 1_000_000;
        });
  }

  private static Expression timeToSeconds(List<Expression> a) {
    return Calls.ofLong(
        Head.of("time_to_sec", a),
        Types.bigint(10, false),
        (f, x) -> {
          long packed = Temporals.time(x[0], f);
          return f.isNull ? 0 : PackedTemporal.timeMicros(packed) / 1_000_000;
        });
  }

  private static Expression dayName(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        9,
        settings,
        (f, x) -> {
          long packed = Temporals.day(x[0], f);
          return f.isNull ? null : Slice.utf8(dayName(Days.weekday(Days.ofPacked(packed), false)));
        });
  }

  /** 0 is Monday. */
  static String dayName(int weekday) {
    return DayOfWeek.of(weekday + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  static String monthName(int month) {
    return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static Expression monthName(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        9,
        settings,
        (f, x) -> {
          long packed = Temporals.fuzzyDay(x[0], f);
          int month = f.isNull ? 0 : PackedTemporal.month(packed);
          return month == 0 ? null : Slice.utf8(monthName(month));
        });
  }

  static Expression extract(String unitName, Expression date) {
    IntervalUnit unit = TemporalFunctions.unit(unitName);
    boolean ofDay = !unit.isTimeOnly();
    boolean ofBoth = isOfDayAndTime(unit);
    return Calls.ofLong(
        Head.of("extract_" + unitName.toLowerCase(Locale.ROOT), List.of(date)),
        Types.bigint(width(unit), false),
        (f, x) -> {
          if (ofBoth) {
            return extractDayAndTime(unit, x[0], f);
          }
          long packed = ofDay ? Temporals.fuzzyDate(x[0], f) : Temporals.time(x[0], f);
          return f.isNull ? 0 : extract(unit, packed, PackedTemporal.day(packed));
        });
  }

  private static boolean isOfDayAndTime(IntervalUnit unit) {
    return switch (unit) {
      case DAY_HOUR, DAY_MINUTE, DAY_SECOND, DAY_MICROSECOND -> true;
      default -> false;
    };
  }

  /** A TIME, or what looks like one, has no day of the month: its hours go beyond 24. */
  private static long extractDayAndTime(IntervalUnit unit, Expression e, Frame frame) {
    if (e.type().kind().hasDate() || e.type().kind() != TypeKind.TIME && readsAsDate(e, frame)) {
      long packed = Temporals.fuzzyDate(e, frame);
      return frame.isNull ? 0 : extract(unit, packed, PackedTemporal.day(packed));
    }
    long time = Temporals.time(e, frame);
    if (frame.isNull) {
      return 0;
    }
    long value = extract(unit, Math.abs(time), 0);
    return time < 0 ? -value : value;
  }

  /** Whether a text or number is a date, tried without a warning; a text whose first numbers are divided by a colon is a TIME. */
  private static boolean readsAsDate(Expression e, Frame frame) {
    Slice text = e.evaluateBytes(frame);
    if (text == null || frame.isNull) {
      return false;
    }
    TemporalResult result = new TemporalResult();
    if (e.type().domain() != TypeKind.Domain.STRING) {
      BigDecimal number = e.evaluateDecimal(frame);
      TemporalNumber.toDateTime(number == null ? BigDecimal.ZERO : number, DateFlags.FUZZY, result);
    } else if (!beginsAsTime(text)) {
      DateTimeParser.parse(text, DateFlags.FUZZY, frame.statement.timeZone(), result);
    }
    frame.isNull = false;
    return result.valid && result.kind != TypeKind.TIME;
  }

  private static boolean beginsAsTime(Slice text) {
    int at = 0;
    while (at < text.length() && Character.isDigit(text.byteAt(at))) {
      at++;
    }
    return at < text.length() && text.byteAt(at) == ':';
  }

  private static int width(IntervalUnit unit) {
    return switch (unit) {
      case YEAR -> 5;
      case YEAR_MONTH, HOUR_SECOND, MICROSECOND -> 7;
      case QUARTER -> 2;
      case MONTH, WEEK, DAY, MINUTE, SECOND -> 3;
      case HOUR -> 4;
      case DAY_HOUR, HOUR_MINUTE, MINUTE_SECOND -> 5;
      case DAY_MINUTE -> 7;
      case DAY_SECOND -> 9;
      case SECOND_MICROSECOND -> 9;
      case MINUTE_MICROSECOND -> 11;
      case HOUR_MICROSECOND -> 14;
      case DAY_MICROSECOND -> 20;
    };
  }

  private static long extract(IntervalUnit unit, long packed, long day) {
    long time =
        PackedTemporal.hour(packed) * 10000L
            + PackedTemporal.minute(packed) * 100L
            + PackedTemporal.second(packed);
    int sign = packed < 0 ? -1 : 1;
    long micros = PackedTemporal.micros(packed);
    return switch (unit) {
      case YEAR -> PackedTemporal.year(packed);
      case YEAR_MONTH -> PackedTemporal.year(packed) * 100L + PackedTemporal.month(packed);
      case QUARTER -> (PackedTemporal.month(packed) + 2) / 3;
      case MONTH -> PackedTemporal.month(packed);
      case WEEK -> Days.week(packed, 0);
      case DAY -> day;
      case DAY_HOUR -> day * 100 + time / 10000;
      case DAY_MINUTE -> day * 10000 + time / 100;
      case DAY_SECOND -> day * 1_000_000 + time;
      case HOUR -> sign * (time / 10000);
      case HOUR_MINUTE -> sign * (time / 100);
      case HOUR_SECOND -> sign * time;
      case MINUTE -> sign * (time / 100 % 100);
      case MINUTE_SECOND -> sign * (time % 10000);
      case SECOND -> sign * (time % 100);
      case MICROSECOND -> sign * micros;
      case DAY_MICROSECOND -> (day * 1_000_000 + time) * 1_000_000 + micros;
      case HOUR_MICROSECOND -> sign * (time * 1_000_000 + micros);
      case MINUTE_MICROSECOND -> sign * (time % 10000 * 1_000_000 + micros);
      case SECOND_MICROSECOND -> sign * (time % 100 * 1_000_000 + micros);
    };
  }
}
