package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.SqlMode;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;

/** Derives the types of arithmetic operators and picks the class that computes them. Stateless. */
final class Arithmetic {
  /** Most digits that DIV gives. */
  private static final int INTEGER_DIGITS_MAX = 21;

  private Arithmetic() {}

  static Expression of(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    Casts.requireValue(left);
    Casts.requireValue(right);
    boolean nullable = left.isNullable() || right.isNullable();
    if (operator == ArithmeticOperator.INTEGER_DIVIDE) {
      return integerDivide(left, right);
    }
    Context context = common(left, right);
    return switch (context) {
      case DOUBLE ->
          new DoubleArithmetic(
              operator, left, right, floating(operator, left, right, settings), nullable);
      case DECIMAL ->
          new DecimalArithmetic(
              operator,
              left,
              right,
              decimal(operator, left, right, settings),
              nullable,
              settings.divPrecisionIncrement());
      case INTEGER -> {
        if (operator == ArithmeticOperator.DIVIDE) {
          yield new DecimalArithmetic(
              operator,
              left,
              right,
              decimal(operator, left, right, settings),
              nullable,
              settings.divPrecisionIncrement());
        }
        yield LongArithmetic.of(
            operator, left, right, integer(operator, left, right, settings), nullable);
      }
    };
  }

  private static Context common(Expression left, Expression right) {
    Context a = NumericTypes.context(left);
    Context b = NumericTypes.context(right);
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static DataType floating(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    int decimals = Math.max(NumericTypes.scale(left), NumericTypes.scale(right));
    if (operator == ArithmeticOperator.DIVIDE) {
      decimals += settings.divPrecisionIncrement();
    }
    return NumericTypes.floating(decimals, false);
  }

  private static DataType decimal(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    int p1 = NumericTypes.precision(left);
    int p2 = NumericTypes.precision(right);
    int s1 = NumericTypes.scale(left);
    int s2 = NumericTypes.scale(right);
    boolean unsigned = NumericTypes.isUnsigned(left) && NumericTypes.isUnsigned(right);
    return switch (operator) {
      case ADD, SUBTRACT -> {
        int scale = Math.max(s1, s2);
        boolean sign =
            operator == ArithmeticOperator.SUBTRACT
                && settings.isSet(SqlMode.NO_UNSIGNED_SUBTRACTION);
        yield NumericTypes.decimal(
            Math.max(p1 - s1, p2 - s2) + 1 + scale, scale, unsigned && !sign);
      }
      case MULTIPLY -> NumericTypes.decimal(p1 + p2, s1 + s2, unsigned);
      case DIVIDE -> {
        int increment = settings.divPrecisionIncrement();
        yield NumericTypes.decimal(p1 + s2 + increment, s1 + increment, unsigned);
      }
      case MODULO, INTEGER_DIVIDE -> {
        int scale = Math.max(s1, s2);
        yield NumericTypes.decimal(
            Math.max(p1 - s1, p2 - s2) + scale, scale, NumericTypes.isUnsigned(left));
      }
    };
  }

  private static DataType integer(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    int p1 = NumericTypes.precision(left);
    int p2 = NumericTypes.precision(right);
    boolean unsigned = NumericTypes.isUnsigned(left) || NumericTypes.isUnsigned(right);
    return switch (operator) {
      case ADD -> NumericTypes.bigint(Math.max(p1, p2) + 1, unsigned);
      case SUBTRACT ->
          NumericTypes.bigint(
              Math.max(p1, p2) + 1, unsigned && !settings.isSet(SqlMode.NO_UNSIGNED_SUBTRACTION));
      case MULTIPLY -> NumericTypes.bigint(p1 + p2, unsigned);
      default -> NumericTypes.bigint(Math.max(p1, p2), NumericTypes.isUnsigned(left));
    };
  }

  private static Expression integerDivide(Expression left, Expression right) {
    boolean unsigned = NumericTypes.isUnsigned(left) || NumericTypes.isUnsigned(right);
    int digits = NumericTypes.precision(left) - Math.min(NumericTypes.scale(left), SCALE_SHOWN);
    DataType type = NumericTypes.bigint(Math.clamp(digits, 1, INTEGER_DIGITS_MAX - 1), unsigned);
    if (common(left, right) == Context.INTEGER) {
      return LongArithmetic.of(ArithmeticOperator.INTEGER_DIVIDE, left, right, type, true);
    }
    return new DecimalIntegerDivision(left, right, type);
  }

  private static final int SCALE_SHOWN = 30;

  /** Unary minus. */
  static Expression negate(Expression operand) {
    Casts.requireValue(operand);
    DataType type = operand.type();
    return switch (NumericTypes.context(operand)) {
      case INTEGER -> negateInteger(operand);
      case DECIMAL ->
          new Negation.OfDecimal(
              operand,
              NumericTypes.decimal(
                  NumericTypes.precision(operand), NumericTypes.scale(operand), false));
      case DOUBLE ->
          new Negation.OfDouble(
              operand,
              type.domain() == TypeKind.Domain.NULL
                  ? NumericTypes.floating(0, false)
                  : NumericTypes.floating(NumericTypes.scale(operand), false));
    };
  }

  private static Expression negateInteger(Expression operand) {
    if (operand instanceof LiteralExpression l && l.value() instanceof Value.LongValue v) {
      return negativeLiteral(v);
    }
    int digits = NumericTypes.precision(operand);
    if (Expressions.isConstant(operand) || !NumericTypes.isUnsigned(operand)) {
      return new Negation.OfLong(operand, NumericTypes.bigint(digits, false));
    }
    return new Negation.OfLong(operand, NumericTypes.bigint(digits, false));
  }

  /** {@code -9223372036854775808} is an integer, one less a decimal. */
  private static Expression negativeLiteral(Value.LongValue v) {
    if (v.unsigned() && v.value() < 0 && v.value() != Long.MIN_VALUE) {
      return Literals.of(Value.of(new BigDecimal(Long.toUnsignedString(v.value())).negate()));
    }
    if (!v.unsigned() && v.value() == Long.MIN_VALUE) {
      return Literals.of(Value.of(new BigDecimal(Long.MIN_VALUE).negate()));
    }
    return Literals.of(Value.of(-v.value()));
  }
}
