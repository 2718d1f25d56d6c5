package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Intervals;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.Interval;
import io.vaquita.value.temporal.IntervalUnit;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DATE_ADD, ADDTIME, TIMEDIFF, TIMESTAMPDIFF: sums and differences of dates and times. Stateless. */
final class TemporalArithmetic {
  /** Length of a result whose kind shows only when it is computed. */
  private static final int TEXT_LENGTH = 29;

  private TemporalArithmetic() {}

  static Expression dateAdd(
      Expression date,
      Expression amount,
      IntervalUnit unit,
      boolean subtract,
      BindSettings settings) {
    int decimals = Temporals.decimals(date);
    int unitDecimals =
        unit.hasMicros()
            ? 6
            : unit == IntervalUnit.SECOND ? Math.min(6, amountDecimals(amount)) : 0;
    Head head =
        Head.of(
            (subtract ? "date_sub_" : "date_add_") + unit.name().toLowerCase(Locale.ROOT),
            List.of(date, amount));
    TypeKind kind = date.type().kind();
    if (kind == TypeKind.TIME && unit.isTimeOnly()) {
      return Calls.ofTemporal(
          head,
          DataType.time(Math.max(decimals, unitDecimals)),
          (f, x) -> add(x, TypeKind.TIME, unit, subtract, f));
    }
    if (kind == TypeKind.DATE && unit.isDateOnly()) {
      return Calls.ofTemporal(
          head,
          DataType.DATE,
          (f, x) -> PackedTemporal.datePart(add(x, TypeKind.DATE, unit, subtract, f)));
    }
    if (kind.isTemporal()) {
      return Calls.ofTemporal(
          head,
          DataType.datetime(Math.max(decimals, unitDecimals)),
          (f, x) -> add(x, TypeKind.DATETIME, unit, subtract, f));
    }
    return Calls.ofText(
        head,
        charType(settings),
        (f, x) -> addToText(x, unit, subtract, f),
        Coercibility.COERCIBLE);
  }

  private static DataType charType(BindSettings settings) {
    return new DataType(
        TypeKind.CHAR, TEXT_LENGTH, 0, false, false, settings.connectionCollation(), List.of());
  }

  private static int amountDecimals(Expression amount) {
    return switch (amount.type().domain()) {
      case DECIMAL -> amount.type().decimals();
      case DOUBLE, STRING -> Temporals.decimals(amount);
      default -> 0;
    };
  }

  private static long add(
      Expression[] x, TypeKind kind, IntervalUnit unit, boolean subtract, Frame frame) {
    long packed = x[0].evaluateTemporal(frame, kind);
    if (frame.isNull) {
      return 0;
    }
    Interval interval = Intervals.evaluate(x[1], unit, subtract, frame);
    return interval == null ? 0 : TemporalFunctions.orNull(interval.addTo(packed, kind), frame);
  }

  /** A date without time of day stays one where the unit leaves it; digits of a second show when there are any. */
  private static @Nullable Slice addToText(
      Expression[] x, IntervalUnit unit, boolean subtract, Frame frame) {
    Slice text = x[0].evaluateBytes(frame);
    if (text == null) {
      return null;
    }
    long packed = Conversion.textToTemporal(text, TypeKind.DATETIME, frame);
    if (frame.isNull) {
      return null;
    }
    TemporalResult read = Conversion.lastTemporal(frame);
    boolean isDate = read.kind == TypeKind.DATE && unit.isDateOnly();
    Interval interval = Intervals.evaluate(x[1], unit, subtract, frame);
    if (interval == null) {
      return null;
    }
    long sum = TemporalFunctions.orNull(interval.addTo(packed, TypeKind.DATETIME), frame);
    if (frame.isNull) {
      return null;
    }
    return isDate
        ? Conversion.temporalToText(PackedTemporal.datePart(sum), TypeKind.DATE, 0)
        : Conversion.temporalToText(
            sum, TypeKind.DATETIME, PackedTemporal.micros(sum) == 0 ? 0 : 6);
  }

  static Expression addTime(
      String name, List<Expression> a, boolean subtract, BindSettings settings) {
    int decimals = Math.max(Temporals.decimals(a.get(0)), Temporals.decimals(a.get(1)));
    TypeKind kind = a.getFirst().type().kind();
    if (kind == TypeKind.DATETIME || kind == TypeKind.TIMESTAMP || kind == TypeKind.DATE) {
      return Calls.ofTemporal(
          Head.of(name, a),
          DataType.datetime(decimals),
          (f, x) -> {
            long packed = x[0].evaluateTemporal(f, TypeKind.DATETIME);
            long micros = f.isNull ? 0 : timeMicros(x[1], subtract, f);
            return f.isNull
                ? 0
                : TemporalFunctions.orNull(TemporalFunctions.addMicros(packed, micros), f);
          });
    }
    if (kind == TypeKind.TIME) {
      return Calls.ofTemporal(
          Head.of(name, a),
          DataType.time(decimals),
          (f, x) -> {
            long packed = Temporals.time(x[0], f);
            long micros = f.isNull ? 0 : timeMicros(x[1], subtract, f);
            return f.isNull
                ? 0
                : PackedTemporal.ofTimeMicros(PackedTemporal.timeMicros(packed) + micros);
          });
    }
    return Calls.ofText(
        Head.of(name, a),
        charType(settings),
        (f, x) -> addTimeToText(x, subtract, f),
        Coercibility.COERCIBLE);
  }

  private static boolean startsWithDigit(Slice text) {
    return text.length() > 0
        && (text.byteAt(0) == '-' || text.byteAt(0) >= '0' && text.byteAt(0) <= '9');
  }

  private static long timeMicros(Expression e, boolean negate, Frame frame) {
    if (e.type().kind().hasDate()) {
      frame.isNull = true;
      return 0;
    }
    long time = Temporals.time(e, frame);
    long micros = frame.isNull ? 0 : PackedTemporal.timeMicros(time);
    return negate ? -micros : micros;
  }

  private static @Nullable Slice addTimeToText(Expression[] x, boolean subtract, Frame frame) {
    Slice text = x[0].evaluateBytes(frame);
    if (text == null) {
      return null;
    }
    TemporalResult result = new TemporalResult();
    io.vaquita.value.temporal.DateTimeParser.parse(text, Conversion.flags(frame), null, result);
    boolean isDateTime = result.valid && result.kind == TypeKind.DATETIME && text.length() > 10;
    long packed =
        isDateTime
            ? result.packed
            : Conversion.textToTemporal(
                text, startsWithDigit(text) ? TypeKind.TIME : TypeKind.DATETIME, frame);
    if (frame.isNull) {
      return null;
    }
    long micros = timeMicros(x[1], subtract, frame);
    if (frame.isNull) {
      return null;
    }
    long sum =
        isDateTime
            ? TemporalFunctions.orNull(TemporalFunctions.addMicros(packed, micros), frame)
            : PackedTemporal.ofTimeMicros(PackedTemporal.timeMicros(packed) + micros);
    if (frame.isNull) {
      return null;
    }
    int decimals = PackedTemporal.micros(sum) == 0 ? 0 : 6;
    return Conversion.temporalToText(sum, isDateTime ? TypeKind.DATETIME : TypeKind.TIME, decimals);
  }

  static Expression timeDiff(List<Expression> a) {
    int decimals = Math.max(Temporals.decimals(a.get(0)), Temporals.decimals(a.get(1)));
    return Calls.ofTemporal(
        Head.of("timediff", a),
        DataType.time(decimals),
        (f, x) -> {
          boolean leftDate = isDateTime(x[0], f);
          if (f.isNull) {
            return 0;
          }
          boolean rightDate = isDateTime(x[1], f);
          if (f.isNull || leftDate != rightDate) {
            f.isNull = true;
            return 0;
          }
          long left = micros(x[0], leftDate, f);
          long right = f.isNull ? 0 : micros(x[1], rightDate, f);
          if (f.isNull) {
            return 0;
          }
          long difference = left - right;
          long most = PackedTemporal.timeMicros(PackedTemporal.TIME_MAX);
          if (Math.abs(difference) > most) {
            long hours = Math.abs(difference) / 3_600_000_000L;
            Conversion.truncated(
                f.statement,
                "time",
                (difference < 0 ? "-" : "")
                    + hours
                    + String.format(
                        Locale.ROOT,
                        ":%02d:%02d",
                        Math.abs(difference) / 60_000_000 % 60,
                        Math.abs(difference) / 1_000_000 % 60));
            return difference < 0 ? -PackedTemporal.TIME_MAX : PackedTemporal.TIME_MAX;
          }
          return PackedTemporal.ofTimeMicros(difference);
        });
  }

  private static long micros(Expression e, boolean isDate, Frame frame) {
    if (isDate) {
      return Days.microsOfDateTime(e.evaluateTemporal(frame, TypeKind.DATETIME));
    }
    return PackedTemporal.timeMicros(Temporals.time(e, frame));
  }

  private static boolean isDateTime(Expression e, Frame frame) {
    if (e.type().kind().isTemporal()) {
      io.vaquita.expression.Nulls.isNull(e, frame);
      return e.type().kind().hasDate();
    }
    Slice text = e.evaluateBytes(frame);
    if (text == null) {
      return false;
    }
    TemporalResult result = new TemporalResult();
    io.vaquita.value.temporal.DateTimeParser.parse(text, Conversion.flags(frame), null, result);
    return result.valid && text.length() > 10;
  }

  static Expression timestampDiff(IntervalUnit unit, Expression from, Expression to) {
    return Calls.ofLong(
        Head.of("timestampdiff", List.of(from, to)),
        NumericTypes.bigint(20, false),
        (f, x) -> {
          long a = x[0].evaluateTemporal(f, TypeKind.DATETIME);
          if (f.isNull) {
            return 0;
          }
          long b = x[1].evaluateTemporal(f, TypeKind.DATETIME);
          return f.isNull ? 0 : difference(unit, a, b);
        });
  }

  private static long difference(IntervalUnit unit, long from, long to) {
    long micros = Days.microsOfDateTime(to) - Days.microsOfDateTime(from);
    return switch (unit) {
      case YEAR -> months(from, to) / 12;
      case QUARTER -> months(from, to) / 3;
      case MONTH -> months(from, to);
      case WEEK -> micros / (7 * Days.MICROS_PER_DAY);
      case DAY -> micros / Days.MICROS_PER_DAY;
      case HOUR -> micros / 3_600_000_000L;
      case MINUTE -> micros / 60_000_000;
      case SECOND -> micros / 1_000_000;
      default -> micros;
    };
  }

  /** Whole months between two moments. */
  private static long months(long from, long to) {
    if (from > to) {
      return -months(to, from);
    }
    long months =
        (PackedTemporal.year(to) - PackedTemporal.year(from)) * 12L
            + PackedTemporal.month(to)
            - PackedTemporal.month(from);
    int day = PackedTemporal.day(from) - PackedTemporal.day(to);
    boolean early =
        day > 0 || day == 0 && PackedTemporal.timePart(from) > PackedTemporal.timePart(to);
    return early ? months - 1 : months;
  }
}
