package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.Frame;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.IntervalUnit;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DATEDIFF, FROM_UNIXTIME, MAKETIME, CONVERT_TZ and their like: dates and times out of dates, times and numbers. Stateless. */
final class TemporalFunctions {
  private static final long MICROS = 1_000_000;

  /** FROM_UNIXTIME goes to 3001-01-18 23:59:59 UTC. */
  private static final long UNIX_SECONDS_MAX = 32_536_771_199L;

  private TemporalFunctions() {}

  static void register() {
    Registry.add("date", 1, (n, a, s) -> part(n, a, TypeKind.DATE));
    Registry.add("time", 1, (n, a, s) -> part(n, a, TypeKind.TIME));
    Registry.add("timestamp", 1, 2, TemporalFunctions::timestamp);
    Registry.add("datediff", 2, (n, a, s) -> dateDiff(a));
    Registry.add("from_days", 1, (n, a, s) -> fromDays(a));
    Registry.add("last_day", 1, (n, a, s) -> lastDay(a));
    Registry.add("makedate", 2, (n, a, s) -> makeDate(a));
    Registry.add("maketime", 3, (n, a, s) -> makeTime(a));
    Registry.add("sec_to_time", 1, (n, a, s) -> secondsToTime(a));
    Registry.add("period_add", 2, (n, a, s) -> periodAdd(a));
    Registry.add("period_diff", 2, (n, a, s) -> periodDiff(a));
    Registry.add("from_unixtime", 1, 2, TemporalFunctions::fromUnixTime);
    Registry.add("unix_timestamp", 0, 1, TemporalFunctions::unixTimestamp);
    Registry.add("convert_tz", 3, (n, a, s) -> convertZone(a));
    Registry.add("addtime", 2, (n, a, s) -> TemporalArithmetic.addTime(n, a, false, s));
    Registry.add("subtime", 2, (n, a, s) -> TemporalArithmetic.addTime(n, a, true, s));
    Registry.add("timediff", 2, (n, a, s) -> TemporalArithmetic.timeDiff(a));
    Registry.add(
        "adddate",
        2,
        (n, a, s) -> TemporalArithmetic.dateAdd(a.get(0), a.get(1), IntervalUnit.DAY, false, s));
    Registry.add(
        "subdate",
        2,
        (n, a, s) -> TemporalArithmetic.dateAdd(a.get(0), a.get(1), IntervalUnit.DAY, true, s));
  }

  /** Also with the prefix SQL_TSI_. */
  static IntervalUnit unit(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    try {
      return IntervalUnit.valueOf(upper.startsWith("SQL_TSI_") ? upper.substring(8) : upper);
    } catch (IllegalArgumentException e) {
      throw MySqlError.ER_WRONG_PARAMETERS_TO_NATIVE_FCT.exception(name);
    }
  }

  private static Expression part(String name, List<Expression> a, TypeKind kind) {
    return Calls.ofTemporal(
        Head.of(name, a),
        Temporals.type(kind, kind == TypeKind.TIME ? Temporals.decimals(a.getFirst()) : 0),
        (f, x) ->
            kind == TypeKind.DATE
                ? PackedTemporal.datePart(Temporals.fuzzyDay(x[0], f))
                : Temporals.time(x[0], f));
  }

  private static Expression timestamp(String name, List<Expression> a, BindSettings settings) {
    int decimals = Temporals.decimals(a.getFirst());
    if (a.size() == 2) {
      decimals = Math.max(decimals, Temporals.decimals(a.get(1)));
    }
    return Calls.ofTemporal(
        Head.of(name, a),
        DataType.datetime(decimals),
        (f, x) -> {
          long packed = x[0].evaluateTemporal(f, TypeKind.DATETIME);
          if (f.isNull || x.length == 1) {
            return packed;
          }
          long time = Temporals.time(x[1], f);
          return f.isNull ? 0 : orNull(addMicros(packed, PackedTemporal.timeMicros(time)), f);
        });
  }

  static long addMicros(long dateTime, long micros) {
    return Days.dateTimeOfMicros(Days.microsOfDateTime(dateTime) + micros);
  }

  /** {@link Days#OVERFLOW} becomes NULL with warning 1441. */
  static long orNull(long packed, Frame frame) {
    if (packed == Days.OVERFLOW) {
      frame.statement.warn(MySqlError.ER_DATETIME_FUNCTION_OVERFLOW, "datetime");
      frame.isNull = true;
      return 0;
    }
    return packed;
  }

  private static Expression dateDiff(List<Expression> a) {
    return Calls.ofLong(
        Head.of("datediff", a),
        Types.bigint(9, false),
        (f, x) -> {
          long left = Temporals.day(x[0], f);
          if (f.isNull) {
            return 0;
          }
          long right = Temporals.day(x[1], f);
          return f.isNull ? 0 : Days.ofPacked(left) - Days.ofPacked(right);
        });
  }

  private static Expression fromDays(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("from_days", a),
        DataType.DATE,
        (f, x) -> {
          long days = x[0].evaluateLong(f);
          return f.isNull ? 0 : Days.toDate(days);
        });
  }

  private static Expression lastDay(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("last_day", a),
        DataType.DATE,
        (f, x) -> {
          long packed = Temporals.fuzzyDay(x[0], f);
          int month = f.isNull ? 0 : PackedTemporal.month(packed);
          if (month == 0) {
            f.isNull = true;
            return 0;
          }
          int year = PackedTemporal.year(packed);
          return PackedTemporal.ofDate(year, month, Days.inMonth(year, month));
        });
  }

  private static Expression makeDate(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("makedate", a),
        DataType.DATE,
        (f, x) -> {
          long year = x[0].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          long day = x[1].evaluateLong(f);
          if (f.isNull || year < 0 || year > 9999 || day <= 0 || day > Days.MAX) {
            f.isNull = true;
            return 0;
          }
          long full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
          long days = Days.of((int) full, 1, 1) + day - 1;
          f.isNull = days > Days.MAX;
          return f.isNull ? 0 : Days.toDate(days);
        });
  }

  private static Expression makeTime(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("maketime", a),
        DataType.time(Temporals.decimals(a.get(2))),
        (f, x) -> {
          long hour = x[0].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          long minute = x[1].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          BigDecimal second = x[2].evaluateDecimal(f);
          if (second == null) {
            return 0;
          }
          if (minute < 0 || minute > 59 || second.signum() < 0 || second.intValue() > 59) {
            f.isNull = true;
            return 0;
          }
          long micros = second.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue();
          long wholeHours = Math.min(Math.abs(hour), 10_000);
          long all = (wholeHours * 3600 + minute * 60) * MICROS + micros;
          return clippedTime(
              hour < 0 ? -all : all,
              f,
              () -> String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second.intValue()));
        });
  }

  /** A text that is only made for a warning. */
  private interface Shown {
    String text();
  }

  private static long clippedTime(long micros, Frame frame, Shown shown) {
    long most = PackedTemporal.timeMicros(PackedTemporal.TIME_MAX);
    if (Math.abs(micros) > most) {
      Conversion.truncated(frame.statement, "time", shown.text());
      return micros < 0 ? -PackedTemporal.TIME_MAX : PackedTemporal.TIME_MAX;
    }
    return PackedTemporal.ofTimeMicros(micros);
  }

  private static Expression secondsToTime(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("sec_to_time", a),
        DataType.time(Temporals.numberDecimals(a.getFirst())),
        (f, x) -> {
          BigDecimal seconds = x[0].evaluateDecimal(f);
          if (seconds == null) {
            return 0;
          }
          BigDecimal micros =
              seconds
                  .movePointRight(6)
                  .setScale(0, RoundingMode.HALF_UP)
                  .min(BigDecimal.valueOf(Long.MAX_VALUE / 2))
                  .max(BigDecimal.valueOf(-Long.MAX_VALUE / 2));
          return clippedTime(micros.longValue(), f, seconds::toPlainString);
        });
  }

  /** YYMM or YYYYMM as months since year 0. */
  private static long months(long period) {
    long year = period / 100;
    if (year < 100) {
      year += year < 70 ? 2000 : 1900;
    }
    return year * 12 + period % 100 - 1;
  }

  private static void checkPeriod(long period, String name) {
    if (period <= 0 || period % 100 == 0 || period % 100 > 12) {
      throw MySqlError.ER_WRONG_ARGUMENTS.exception(name);
    }
  }

  private static Expression periodAdd(List<Expression> a) {
    return Calls.ofLong(
        Head.strict("period_add", a),
        Types.BIGINT,
        (f, x) -> {
          long period = x[0].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          long count = x[1].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          checkPeriod(period, "period_add");
          long months = months(period) + count;
          return months / 12 * 100 + months % 12 + 1;
        });
  }

  private static Expression periodDiff(List<Expression> a) {
    return Calls.ofLong(
        Head.strict("period_diff", a),
        Types.BIGINT,
        (f, x) -> {
          long left = x[0].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          long right = x[1].evaluateLong(f);
          if (f.isNull) {
            return 0;
          }
          checkPeriod(left, "period_diff");
          checkPeriod(right, "period_diff");
          return months(left) - months(right);
        });
  }

  private static Expression fromUnixTime(String name, List<Expression> a, BindSettings settings) {
    int decimals = Temporals.numberDecimals(a.getFirst());
    Expression time =
        Calls.ofTemporal(
            Head.of(name, a.subList(0, 1)).depending(Dependence.STATEMENT),
            DataType.datetime(decimals),
            (f, x) -> {
              BigDecimal seconds = x[0].evaluateDecimal(f);
              if (seconds == null) {
                return 0;
              }
              long whole = seconds.setScale(0, RoundingMode.FLOOR).longValue();
              if (seconds.signum() < 0 || whole > UNIX_SECONDS_MAX) {
                f.isNull = true;
                return 0;
              }
              long micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue();
              return Fractions.round(
                  TimeZones.toDateTime(micros, f.statement.timeZone()),
                  TypeKind.DATETIME,
                  decimals);
            });
    return a.size() == 1
        ? time
        : TemporalFormatFunctions.dateFormat(name, List.of(time, a.get(1)), settings);
  }

  private static Expression unixTimestamp(String name, List<Expression> a, BindSettings settings) {
    if (a.isEmpty()) {
      return Calls.ofLong(
          Head.of(name, a).notNull().depending(Dependence.STATEMENT),
          Types.BIGINT,
          (f, x) -> {
            f.isNull = false;
            return Math.floorDiv(f.statement.statementMicros(), MICROS);
          });
    }
    Head head = new Head(name, a, a.getFirst().isNullable(), Dependence.STATEMENT);
    int decimals = Temporals.decimals(a.getFirst());
    if (decimals == 0) {
      return Calls.ofLong(
          head, Types.BIGINT, (f, x) -> Math.floorDiv(epochMicros(x[0], f), MICROS));
    }
    return Calls.ofDecimal(
        head,
        NumericTypes.decimal(11 + decimals, decimals, false),
        (f, x) -> {
          long micros = epochMicros(x[0], f);
          return f.isNull
              ? null
              : BigDecimal.valueOf(micros, 6).setScale(decimals, RoundingMode.DOWN);
        });
  }

  /** 0 for what is no moment after 1970. */
  private static long epochMicros(Expression e, Frame frame) {
    boolean wasNull = io.vaquita.expression.Nulls.isNull(e, frame);
    if (wasNull) {
      return 0;
    }
    long packed = e.evaluateTemporal(frame, TypeKind.DATETIME);
    if (frame.isNull) {
      frame.isNull = false;
      return 0;
    }
    long micros = TimeZones.toEpochMicros(packed, frame.statement.timeZone());
    return micros < 0 || micros / MICROS > UNIX_SECONDS_MAX ? 0 : micros;
  }

  private static Expression convertZone(List<Expression> a) {
    return Calls.ofTemporal(
        Head.of("convert_tz", a).depending(Dependence.STATEMENT),
        DataType.datetime(Temporals.decimals(a.getFirst())),
        (f, x) -> {
          long packed = x[0].evaluateTemporal(f, TypeKind.DATETIME);
          if (f.isNull) {
            return 0;
          }
          ZoneId from = zone(x[1], f);
          ZoneId to = from == null ? null : zone(x[2], f);
          if (from == null
              || to == null
              || PackedTemporal.month(packed) == 0
              || PackedTemporal.day(packed) == 0) {
            f.isNull = true;
            return 0;
          }
          f.isNull = false;
          long micros = TimeZones.toEpochMicros(packed, from);
          boolean outside = micros < MICROS || micros / MICROS > UNIX_SECONDS_MAX;
          return outside ? packed : TimeZones.toDateTime(micros, to);
        });
  }

  private static @Nullable ZoneId zone(Expression e, Frame frame) {
    Slice name = e.evaluateBytes(frame);
    return name == null ? null : TimeZones.parse(name.toUtf8());
  }
}
