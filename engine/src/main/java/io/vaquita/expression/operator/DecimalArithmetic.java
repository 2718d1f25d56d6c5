package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exact arithmetic. A quotient is cut to MySQL's number of digits, in steps of nine, and rounded to its type. Immutable. */
final class DecimalArithmetic extends DecimalExpression {
  private final ArithmeticOperator operator;
  private final Expression left;
  private final Expression right;
  private final int divPrecisionIncrement;

  DecimalArithmetic(
      ArithmeticOperator operator,
      Expression left,
      Expression right,
      DataType type,
      boolean nullable,
      int divPrecisionIncrement) {
    super(
        type,
        nullable || operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO);
    this.operator = operator;
    this.left = left;
    this.right = right;
    this.divPrecisionIncrement = divPrecisionIncrement;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    BigDecimal a = left.evaluateDecimal(frame);
    if (a == null) {
      return null;
    }
    BigDecimal b = right.evaluateDecimal(frame);
    if (b == null) {
      return null;
    }
    BigDecimal result =
        switch (operator) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE, INTEGER_DIVIDE -> {
            if (b.signum() == 0) {
              Division.byZero(frame);
              yield null;
            }
            yield divide(a, b, divPrecisionIncrement)
                .setScale(type().decimals(), RoundingMode.HALF_UP);
          }
          case MODULO -> {
            if (b.signum() == 0) {
              Division.byZero(frame);
              yield null;
            }
            yield a.remainder(b).setScale(Math.max(a.scale(), b.scale()));
          }
        };
    if (result != null && isTooLong(result)
        || result != null && result.signum() < 0 && type().unsigned()) {
      throw MySqlError.ER_DATA_OUT_OF_RANGE.exception(
          type().unsigned() ? "DECIMAL UNSIGNED" : "DECIMAL", Expressions.describe(this, frame));
    }
    return result;
  }

  static boolean isTooLong(BigDecimal v) {
    return v.precision() - v.scale() > NumericTypes.PRECISION_MAX;
  }

  /**
   * MySQL's quotient: digits come in groups of nine; both scales are rounded up to whole groups, and the increment only counts beyond
   * what that rounding has added.
   */
  static BigDecimal divide(BigDecimal a, BigDecimal b, int increment) {
    int s1 = Math.max(0, a.scale());
    int s2 = Math.max(0, b.scale());
    int padded1 = (s1 + 8) / 9 * 9;
    int padded2 = (s2 + 8) / 9 * 9;
    int more = Math.max(0, increment - (padded1 - s1) - (padded2 - s2));
    int digits = (padded1 + padded2 + more + 8) / 9 * 9;
    return a.divide(b, digits, RoundingMode.DOWN);
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new DecimalArithmetic(
        operator, children.get(0), children.get(1), type(), isNullable(), divPrecisionIncrement);
  }

  @Override
  public String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }
}
