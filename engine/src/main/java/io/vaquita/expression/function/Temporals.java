package io.vaquita.expression.function;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.PackedTemporal;

/** Reading arguments as dates and times. Stateless. */
final class Temporals {
  private Temporals() {}

  /** The argument as a DATETIME; zero months and days are allowed: what YEAR(), MONTH() and DATE_FORMAT() take. */
  static long fuzzyDate(Expression e, Frame frame) {
    return fuzzy(e, TypeKind.DATETIME, frame);
  }

  /** As {@link #fuzzyDate}, with the warnings that speak of a date. */
  static long fuzzyDay(Expression e, Frame frame) {
    return fuzzy(e, TypeKind.DATE, frame);
  }

  private static long fuzzy(Expression e, TypeKind kind, Frame frame) {
    if (e.type().domain() != TypeKind.Domain.STRING) {
      return e.evaluateTemporal(frame, kind);
    }
    Slice text = e.evaluateBytes(frame);
    int flags = Conversion.flags(frame) & ~DateFlags.NO_ZERO_IN_DATE;
    return text == null ? 0 : Conversion.textToTemporal(text, kind, flags, frame);
  }

  /** A real day: NULL for dates with a zero part. */
  static long day(Expression e, Frame frame) {
    if (e.type().domain() == TypeKind.Domain.STRING) {
      Slice text = e.evaluateBytes(frame);
      int flags = DateFlags.NO_ZERO_IN_DATE | DateFlags.NO_ZERO_DATE;
      return text == null ? 0 : Conversion.textToTemporal(text, TypeKind.DATE, flags, frame);
    }
    return realDay(e.evaluateTemporal(frame, TypeKind.DATETIME), frame);
  }

  static long realDay(long packed, Frame frame) {
    if (!frame.isNull && (PackedTemporal.month(packed) == 0 || PackedTemporal.day(packed) == 0)) {
      frame.isNull = true;
    }
    return frame.isNull ? 0 : packed;
  }

  static long time(Expression e, Frame frame) {
    return e.evaluateTemporal(frame, TypeKind.TIME);
  }

  /** How many digits of a second the argument may have. */
  static int decimals(Expression e) {
    return switch (e.type().domain()) {
      case TEMPORAL, DECIMAL -> Math.min(6, e.type().decimals());
      case INTEGER, NULL -> 0;
      case STRING ->
          e instanceof LiteralExpression l && l.value() instanceof Value.StringValue s
              ? digits(s.bytes())
              : 6;
      case DOUBLE, JSON -> 6;
    };
  }

  /** As {@link #decimals}, where the argument is read as a number. */
  static int numberDecimals(Expression e) {
    return e.type().domain() == TypeKind.Domain.STRING ? 6 : decimals(e);
  }

  private static int digits(Slice text) {
    int count = 0;
    boolean point = false;
    if (text.length() == 0
        || text.byteAt(0) < '0' && text.byteAt(0) != '-'
        || text.byteAt(0) > '9') {
      return 6;
    }
    for (int i = 0; i < text.length(); i++) {
      byte b = text.byteAt(i);
      if (point && b >= '0' && b <= '9') {
        count++;
      } else {
        point = b == '.';
        count = 0;
      }
    }
    return Math.min(6, count);
  }

  static DataType type(TypeKind kind, int decimals) {
    return switch (kind) {
      case DATE -> DataType.DATE;
      case TIME -> DataType.time(decimals);
      default -> DataType.datetime(decimals);
    };
  }
}
