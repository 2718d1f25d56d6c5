package io.vaquita.expression.function;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CEILING, FLOOR, ROUND, TRUNCATE. Stateless. */
final class RoundingFunctions {
  /** Longer whole parts do not fit into BIGINT for sure. */
  private static final int LONG_DIGITS = 18;

  private RoundingFunctions() {}

  static void register() {
    Registry.add("ceil", 1, (n, a, s) -> whole("ceiling", a, RoundingMode.CEILING));
    Registry.add("ceiling", 1, (n, a, s) -> whole("ceiling", a, RoundingMode.CEILING));
    Registry.add("floor", 1, (n, a, s) -> whole(n, a, RoundingMode.FLOOR));
    Registry.add("round", 1, 2, (n, a, s) -> round(n, a, RoundingMode.HALF_UP));
    Registry.add("truncate", 2, (n, a, s) -> round(n, a, RoundingMode.DOWN));
  }

  private static Expression whole(String name, List<Expression> a, RoundingMode mode) {
    Expression e = a.getFirst();
    Head head = Head.strict(name, a);
    if (NumericTypes.context(e) == Context.DOUBLE) {
      return Calls.ofDouble(
          head,
          Types.DOUBLE,
          (f, x) -> {
            double v = x[0].evaluateDouble(f);
            return mode == RoundingMode.CEILING ? Math.ceil(v) : Math.floor(v);
          });
    }
    if (NumericTypes.context(e) == Context.INTEGER) {
      boolean unsigned = NumericTypes.isUnsigned(e);
      return Calls.ofLong(
          head,
          NumericTypes.bigint(NumericTypes.precision(e), unsigned),
          (f, x) -> x[0].evaluateLong(f));
    }
    int digits = NumericTypes.precision(e) - NumericTypes.scale(e) + 1;
    if (digits <= LONG_DIGITS) {
      return Calls.ofLong(
          head,
          Types.BIGINT,
          (f, x) -> {
            BigDecimal v = x[0].evaluateDecimal(f);
            return v == null ? 0 : v.setScale(0, mode).longValue();
          });
    }
    return Calls.ofDecimal(
        head,
        NumericTypes.decimal(digits, 0, false),
        (f, x) -> {
          BigDecimal v = x[0].evaluateDecimal(f);
          return v == null ? null : v.setScale(0, mode);
        });
  }

  private static Expression round(String name, List<Expression> a, RoundingMode mode) {
    Expression e = a.getFirst();
    Head head = Head.strict(name, a);
    return switch (NumericTypes.context(e)) {
      case DOUBLE -> Calls.ofDouble(head, Types.DOUBLE, (f, x) -> ofDouble(f, x, mode));
      case INTEGER -> {
        DataType type = Types.bigint(21, NumericTypes.isUnsigned(e));
        yield Calls.ofLong(head, type, (f, x) -> ofLong(f, x, name, mode, type.unsigned()));
      }
      case DECIMAL -> Calls.ofDecimal(head, decimalType(a, mode), (f, x) -> ofDecimal(f, x, mode));
    };
  }

  /** A constant number of digits decides the scale. */
  private static DataType decimalType(List<Expression> a, RoundingMode mode) {
    Expression e = a.getFirst();
    int scale = NumericTypes.scale(e);
    Integer wanted = a.size() == 1 ? Integer.valueOf(0) : constant(a.get(1));
    int whole = NumericTypes.precision(e) - scale;
    if (wanted == null) {
      return NumericTypes.decimal(whole + scale, scale, e.type().unsigned());
    }
    int newScale = Math.clamp(wanted, 0, scale);
    boolean grows = mode == RoundingMode.HALF_UP && newScale < scale;
    return NumericTypes.decimal(
        Math.max(1, whole) + newScale + (grows ? 1 : 0), newScale, e.type().unsigned());
  }

  private static @Nullable Integer constant(Expression e) {
    return e instanceof LiteralExpression l
            && l.value() instanceof Value.LongValue v
            && Expressions.isConstant(e)
        ? Integer.valueOf(Math.clamp(v.value(), -100, 100))
        : null;
  }

  /** The number of digits; 0 where none is given. NULL sets {@link Frame#isNull}. */
  private static int digits(Frame frame, Expression[] x) {
    if (x.length == 1) {
      return 0;
    }
    long d = x[1].evaluateLong(frame);
    boolean huge = x[1].type().unsigned() && d < 0;
    return huge ? 100 : Math.clamp(d, -1000, 1000);
  }

  private static double ofDouble(Frame frame, Expression[] x, RoundingMode mode) {
    double v = x[0].evaluateDouble(frame);
    if (frame.isNull) {
      return 0;
    }
    int digits = digits(frame, x);
    return frame.isNull ? 0 : round(v, digits, mode);
  }

  /** As C's rint does for halves. */
  static double round(double v, int digits, RoundingMode mode) {
    double power = Math.pow(10, Math.abs(digits));
    if (digits < 0) {
      return Double.isInfinite(power) ? 0 : cut(v / power, mode) * power;
    }
    double scaled = v * power;
    return Double.isInfinite(power) || Double.isInfinite(scaled) ? v : cut(scaled, mode) / power;
  }

  private static double cut(double v, RoundingMode mode) {
    if (mode == RoundingMode.HALF_UP) {
      return Math.rint(v);
    }
    return v >= 0 ? Math.floor(v) : Math.ceil(v);
  }

  private static long ofLong(
      Frame frame, Expression[] x, String name, RoundingMode mode, boolean unsigned) {
    long v = x[0].evaluateLong(frame);
    if (frame.isNull) {
      return 0;
    }
    int digits = digits(frame, x);
    if (frame.isNull || digits >= 0) {
      return frame.isNull ? 0 : v;
    }
    if (digits < -20) {
      return 0;
    }
    BigDecimal rounded = Conversion.longToDecimal(v, unsigned).setScale(digits, mode);
    java.math.BigInteger result = rounded.toBigInteger();
    if (unsigned ? result.bitLength() > 64 : result.bitLength() > 63) {
      throw NumericFunctions.outOfRange(unsigned ? "BIGINT UNSIGNED" : "BIGINT", name, x);
    }
    return result.longValue();
  }

  private static @Nullable BigDecimal ofDecimal(Frame frame, Expression[] x, RoundingMode mode) {
    BigDecimal v = x[0].evaluateDecimal(frame);
    if (v == null) {
      return null;
    }
    int digits = digits(frame, x);
    if (frame.isNull) {
      return null;
    }
    if (digits >= v.scale()) {
      return v;
    }
    BigDecimal rounded = v.setScale(Math.max(digits, -66), mode);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
