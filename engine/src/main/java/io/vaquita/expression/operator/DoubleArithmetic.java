package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Describe;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** Arithmetic over doubles. Immutable. */
final class DoubleArithmetic extends DoubleExpression {
  private final ArithmeticOperator operator;
  private final Expression left;
  private final Expression right;

  DoubleArithmetic(
      ArithmeticOperator operator,
      Expression left,
      Expression right,
      DataType type,
      boolean nullable) {
    super(
        type,
        nullable || operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO);
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  public double evaluateDouble(Frame frame) {
    double a = left.evaluateDouble(frame);
    if (frame.isNull) {
      return 0;
    }
    double b = right.evaluateDouble(frame);
    if (frame.isNull) {
      return 0;
    }
    double result =
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE, INTEGER_DIVIDE -> {
            if (b == 0) {
              Division.byZero(frame);
              yield 0;
            }
            yield a / b;
          }
          case MODULO -> {
            if (b == 0) {
              Division.byZero(frame);
              yield 0;
            }
            yield a % b;
          }
        };
    if (Double.isInfinite(result) || Double.isNaN(result)) {
      throw MySqlError.ER_DATA_OUT_OF_RANGE.exception("DOUBLE", Expressions.describe(this, frame));
    }
    return result;
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new DoubleArithmetic(operator, children.get(0), children.get(1), type(), isNullable());
  }

  @Override
  public String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }
}
