package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.expression.operator.ArithmeticOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;

/** ABS, SQRT, SIN, RAND and their like. Stateless. */
final class NumericFunctions {
  private NumericFunctions() {}

  static void register() {
    Registry.add("abs", 1, NumericFunctions::abs);
    Registry.add("sign", 1, NumericFunctions::sign);
    Registry.add(
        "mod",
        2,
        (n, a, s) -> Operators.arithmetic(ArithmeticOperator.MODULO, a.get(0), a.get(1), s));
    addReal("acos", x -> x < -1 || x > 1 ? Double.NaN : Math.acos(x));
    addReal("asin", x -> x < -1 || x > 1 ? Double.NaN : Math.asin(x));
    addReal("sqrt", x -> x < 0 ? Double.NaN : Math.sqrt(x));
    addReal("sin", Math::sin);
    addReal("cos", Math::cos);
    addChecked("tan", Math::tan);
    addChecked("cot", x -> 1 / Math.tan(x));
    addChecked("exp", Math::exp);
    addReal("degrees", x -> x * (180 / Math.PI));
    addReal("radians", x -> x * (Math.PI / 180));
    Registry.add("atan", 1, 2, NumericFunctions::atan);
    Registry.add("atan2", 1, 2, NumericFunctions::atan);
    Registry.add("pow", 2, NumericFunctions::pow);
    Registry.add("power", 2, NumericFunctions::pow);
    addLogarithm("ln", Math::log);
    addLogarithm("log2", x -> Math.log(x) / Math.log(2));
    addLogarithm("log10", Math::log10);
    Registry.add("log", 1, 2, NumericFunctions::log);
    Registry.add("pi", 0, NumericFunctions::pi);
    Registry.add("rand", 0, 1, NumericFunctions::rand);
    Registry.add("crc32", 1, NumericFunctions::crc32);
    Registry.add("bit_count", 1, NumericFunctions::bitCount);
    Registry.add("interval", 2, Registry.ANY, NumericFunctions::interval);
  }

  private static Expression abs(String name, List<Expression> a, BindSettings settings) {
    Expression e = a.getFirst();
    Head head = Head.strict(name, a);
    return switch (NumericTypes.context(e)) {
      case INTEGER -> {
        boolean unsigned = NumericTypes.isUnsigned(e);
        DataType type = NumericTypes.bigint(NumericTypes.precision(e), unsigned);
        yield Calls.ofLong(
            head,
            type,
            (f, x) -> {
              long v = x[0].evaluateLong(f);
              if (unsigned || v >= 0) {
                return v;
              }
              if (v == Long.MIN_VALUE) {
                throw outOfRange("BIGINT", name, x);
              }
              return -v;
            });
      }
      case DECIMAL ->
          Calls.ofDecimal(
              head,
              NumericTypes.decimal(NumericTypes.precision(e), NumericTypes.scale(e), false),
              (f, x) -> {
                BigDecimal v = x[0].evaluateDecimal(f);
                return v == null ? null : v.abs();
              });
      case DOUBLE ->
          Calls.ofDouble(
              head,
              NumericTypes.floating(NumericTypes.scale(e), false),
              (f, x) -> Math.abs(x[0].evaluateDouble(f)));
    };
  }

  static RuntimeException outOfRange(String kind, String name, Expression[] arguments) {
    return MySqlError.ER_DATA_OUT_OF_RANGE.exception(
        kind, io.vaquita.expression.Describe.call(name, List.of(arguments)));
  }

  private static Expression sign(String name, List<Expression> a, BindSettings settings) {
    Context context = NumericTypes.context(a.getFirst());
    return Calls.ofLong(
        Head.strict(name, a),
        Types.BIGINT,
        (f, x) -> {
          if (context == Context.DOUBLE) {
            return (long) Math.signum(x[0].evaluateDouble(f));
          }
          BigDecimal v = x[0].evaluateDecimal(f);
          return v == null ? 0 : v.signum();
        });
  }

  private static void addReal(String name, DoubleUnaryOperator function) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofDouble(
                n.equals("acos") || n.equals("asin") || n.equals("sqrt")
                    ? Head.of(n, a)
                    : Head.strict(n, a),
                Types.DOUBLE,
                (f, x) -> {
                  double v = x[0].evaluateDouble(f);
                  return f.isNull ? 0 : orNull(function.applyAsDouble(v), f);
                }));
  }

  /** Error 1690 where the result is not finite. */
  private static void addChecked(String name, DoubleUnaryOperator function) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofDouble(
                Head.of(n, a),
                Types.DOUBLE,
                (f, x) -> {
                  double v = x[0].evaluateDouble(f);
                  return f.isNull ? 0 : finite(function.applyAsDouble(v), n, x);
                }));
  }

  private static double finite(double v, String name, Expression[] arguments) {
    if (Double.isInfinite(v) || Double.isNaN(v)) {
      throw outOfRange("DOUBLE", name, arguments);
    }
    return v;
  }

  private static double orNull(double v, Frame frame) {
    frame.isNull = Double.isNaN(v);
    return frame.isNull ? 0 : v;
  }

  private static Expression atan(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofDouble(
        Head.of(name, a),
        Types.DOUBLE,
        (f, x) -> {
          double y = x[0].evaluateDouble(f);
          if (f.isNull || x.length == 1) {
            return f.isNull ? 0 : Math.atan(y);
          }
          double d = x[1].evaluateDouble(f);
          return f.isNull ? 0 : Math.atan2(y, d);
        });
  }

  private static Expression pow(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofDouble(
        Head.of("pow", a),
        Types.DOUBLE,
        (f, x) -> {
          double base = x[0].evaluateDouble(f);
          if (f.isNull) {
            return 0;
          }
          double exponent = x[1].evaluateDouble(f);
          return f.isNull ? 0 : finite(Math.pow(base, exponent), "pow", x);
        });
  }

  private static void addLogarithm(String name, DoubleUnaryOperator function) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofDouble(
                Head.of(n, a),
                Types.DOUBLE,
                (f, x) -> {
                  double v = x[0].evaluateDouble(f);
                  return f.isNull ? 0 : v <= 0 ? noLogarithm(f) : function.applyAsDouble(v);
                }));
  }

  private static double noLogarithm(Frame frame) {
    frame.statement.warn(MySqlError.ER_INVALID_ARGUMENT_FOR_LOGARITHM);
    frame.isNull = true;
    return 0;
  }

  private static Expression log(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofDouble(
        Head.of(name, a),
        Types.DOUBLE,
        (f, x) -> {
          double base = x[0].evaluateDouble(f);
          if (f.isNull) {
            return 0;
          }
          if (base <= 0) {
            return noLogarithm(f);
          }
          if (x.length == 1) {
            return Math.log(base);
          }
          double v = x[1].evaluateDouble(f);
          if (f.isNull) {
            return 0;
          }
          return v <= 0 || base == 1 ? noLogarithm(f) : Math.log(v) / Math.log(base);
        });
  }

  private static Expression pi(String name, List<Expression> a, BindSettings settings) {
    DataType type =
        new DataType(
            io.vaquita.value.TypeKind.DOUBLE,
            8,
            6,
            false,
            false,
            io.vaquita.value.Collations.BINARY,
            List.of());
    return Calls.ofDouble(
        Head.of(name, a).notNull(),
        type,
        (f, x) -> {
          f.isNull = false;
          return Math.PI;
        });
  }

  /** MySQL's own generator for RAND(n): two seeds, each number a quotient. Confined to the statement's thread. */
  private static final class Seeds {
    private static final long MAX = 0x3FFFFFFF;
    private long first;
    private long second;

    void seed(long n) {
      long s = n & 0xFFFFFFFFL;
      first = (s * 0x10001 + 55555555 & 0xFFFFFFFFL) % MAX;
      second = (s * 0x10000001 & 0xFFFFFFFFL) % MAX;
    }

    double next() {
      first = (first * 3 + second) % MAX;
      second = (first + second + 33) % MAX;
      return (double) first / MAX;
    }
  }

  private static Expression rand(String name, List<Expression> a, BindSettings settings) {
    Head head = Head.of(name, a).notNull().depending(Dependence.EVALUATION);
    if (a.isEmpty()) {
      return Calls.ofDouble(
          head,
          Types.DOUBLE,
          (f, x) -> {
            f.isNull = false;
            return (f.statement.nextRandom() >>> 11) * 0x1p-53;
          });
    }
    boolean once = Expressions.isStatementConstant(a.getFirst());
    Object key = new Object();
    return Calls.ofDouble(
        head,
        Types.DOUBLE,
        (f, x) -> {
          Seeds seeds =
              f.statement.state(
                  once ? x[0] : key,
                  () -> {
                    Seeds made = new Seeds();
                    made.seed(x[0].evaluateLong(f));
                    return made;
                  });
          if (!once) {
            seeds.seed(x[0].evaluateLong(f));
          }
          f.isNull = false;
          return seeds.next();
        });
  }

  private static Expression crc32(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.strict(name, a),
        Types.bigint(10, true),
        (f, x) -> {
          Slice v = x[0].evaluateBytes(f);
          if (v == null) {
            return 0;
          }
          CRC32 crc = new CRC32();
          Slice bytes = Types.encoded(x[0], v);
          crc.update(bytes.array(), bytes.offset(), bytes.length());
          return crc.getValue();
        });
  }

  private static Expression bitCount(String name, List<Expression> a, BindSettings settings) {
    boolean bytes =
        Types.isBytes(a.getFirst()) && !(a.getFirst() instanceof io.vaquita.expression.HexNumber);
    return Calls.ofLong(
        Head.strict(name, a),
        Types.BIGINT,
        (f, x) -> {
          if (!bytes) {
            long v = x[0].evaluateLong(f);
            return f.isNull ? 0 : Long.bitCount(v);
          }
          Slice v = x[0].evaluateBytes(f);
          long count = 0;
          for (int i = 0; v != null && i < v.length(); i++) {
            count += Integer.bitCount(v.byteAt(i) & 0xFF);
          }
          return count;
        });
  }

  /** INTERVAL(n, a, b, …): how many of a, b, … are not greater than n; -1 when n is NULL. */
  private static Expression interval(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a).notNull(),
        Types.bigint(2, false),
        (f, x) -> {
          BigDecimal n = x[0].evaluateDecimal(f);
          long index = -1;
          if (n != null) {
            index = 0;
            for (int i = 1; i < x.length; i++) {
              BigDecimal bound = x[i].evaluateDecimal(f);
              if (bound != null && bound.compareTo(n) > 0) {
                break;
              }
              index = i;
            }
          }
          f.isNull = false;
          return index;
        });
  }
}
