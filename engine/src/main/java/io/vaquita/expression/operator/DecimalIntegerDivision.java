package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** DIV where an operand is no integer: an exact quotient, cut to an integer. Immutable. */
final class DecimalIntegerDivision extends LongExpression {
  private final Expression left;
  private final Expression right;

  DecimalIntegerDivision(Expression left, Expression right, DataType type) {
    super(type, true);
    this.left = left;
    this.right = right;
  }

  @Override
  public long evaluateLong(Frame frame) {
    BigDecimal a = left.evaluateDecimal(frame);
    if (a == null) {
      return 0;
    }
    BigDecimal b = right.evaluateDecimal(frame);
    if (b == null) {
      return 0;
    }
    if (b.signum() == 0) {
      Division.byZero(frame);
      return 0;
    }
    BigInteger quotient = a.divide(b, 0, RoundingMode.DOWN).unscaledValue();
    boolean fits =
        type().unsigned()
            ? quotient.signum() >= 0 && quotient.bitLength() <= 64
            : quotient.bitLength() <= 63;
    if (!fits) {
      throw MySqlError.ER_DATA_OUT_OF_RANGE.exception(
          type().unsigned() ? "BIGINT UNSIGNED" : "BIGINT", Expressions.describe(this, frame));
    }
    return quotient.longValue();
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new DecimalIntegerDivision(children.get(0), children.get(1), type());
  }

  @Override
  public String describe() {
    return Describe.infix(left, "DIV", right);
  }
}
