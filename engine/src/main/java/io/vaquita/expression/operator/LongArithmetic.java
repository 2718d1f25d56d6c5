package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.DataType;
import java.util.List;

/**
 * Arithmetic over 64-bit integers: a final class for each operator where both operands and the result are signed, and {@link General} for
 * any mix of signs. Immutable.
 */
abstract class LongArithmetic extends LongExpression {
  final ArithmeticOperator operator;
  final Expression left;
  final Expression right;

  private LongArithmetic(
      ArithmeticOperator operator,
      Expression left,
      Expression right,
      DataType type,
      boolean nullable) {
    super(type, nullable);
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  static LongArithmetic of(
      ArithmeticOperator operator,
      Expression left,
      Expression right,
      DataType type,
      boolean nullable) {
    if (type.unsigned() || NumericTypes.isUnsigned(left) || NumericTypes.isUnsigned(right)) {
      return new General(operator, left, right, type, nullable);
    }
    return switch (operator) {
      case ADD -> new Add(left, right, type, nullable);
      case SUBTRACT -> new Subtract(left, right, type, nullable);
      case MULTIPLY -> new Multiply(left, right, type, nullable);
      case DIVIDE, INTEGER_DIVIDE -> new Divide(left, right, type);
      case MODULO -> new Modulo(left, right, type);
    };
  }

  final RuntimeException outOfRange(Frame frame) {
    return MySqlError.ER_DATA_OUT_OF_RANGE.exception(
        type().unsigned() ? "BIGINT UNSIGNED" : "BIGINT", Expressions.describe(this, frame));
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return of(operator, children.get(0), children.get(1), type(), isNullable());
  }

  @Override
  public String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }

  private static final class Add extends LongArithmetic {
    Add(Expression left, Expression right, DataType type, boolean nullable) {
      super(ArithmeticOperator.ADD, left, right, type, nullable);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) < 0) {
        throw outOfRange(frame);
      }
      return sum;
    }
  }

  private static final class Subtract extends LongArithmetic {
    Subtract(Expression left, Expression right, DataType type, boolean nullable) {
      super(ArithmeticOperator.SUBTRACT, left, right, type, nullable);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long difference = a - b;
      if (((a ^ b) & (a ^ difference)) < 0) {
        throw outOfRange(frame);
      }
      return difference;
    }
  }

  private static final class Multiply extends LongArithmetic {
    Multiply(Expression left, Expression right, DataType type, boolean nullable) {
      super(ArithmeticOperator.MULTIPLY, left, right, type, nullable);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long product = a * b;
      if (Math.multiplyHigh(a, b) != product >> 63) {
        throw outOfRange(frame);
      }
      return product;
    }
  }

  private static final class Divide extends LongArithmetic {
    Divide(Expression left, Expression right, DataType type) {
      super(ArithmeticOperator.INTEGER_DIVIDE, left, right, type, true);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      if (b == 0) {
        Division.byZero(frame);
        return 0;
      }
      if (a == Long.MIN_VALUE && b == -1) {
        throw outOfRange(frame);
      }
      return a / b;
    }
  }

  private static final class Modulo extends LongArithmetic {
    Modulo(Expression left, Expression right, DataType type) {
      super(ArithmeticOperator.MODULO, left, right, type, true);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      if (b == 0) {
        Division.byZero(frame);
        return 0;
      }
      return b == -1 ? 0 : a % b;
    }
  }

  /** Operands of any sign: computed as sign and magnitude, then fitted into the type. */
  private static final class General extends LongArithmetic {
    private final boolean leftUnsigned;
    private final boolean rightUnsigned;

    General(
        ArithmeticOperator operator,
        Expression left,
        Expression right,
        DataType type,
        boolean nullable) {
      super(
          operator,
          left,
          right,
          type,
          nullable
              || operator == ArithmeticOperator.MODULO
              || operator == ArithmeticOperator.INTEGER_DIVIDE);
      leftUnsigned = NumericTypes.isUnsigned(left);
      rightUnsigned = NumericTypes.isUnsigned(right);
    }

    @Override
    public long evaluateLong(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      boolean aNegative = a < 0 && !leftUnsigned;
      boolean bNegative = b < 0 && !rightUnsigned;
      long x = aNegative ? -a : a;
      long y = bNegative ? -b : b;
      return switch (operator) {
        case ADD -> sum(x, aNegative, y, bNegative, frame);
        case SUBTRACT -> sum(x, aNegative, y, !bNegative, frame);
        case MULTIPLY -> {
          if (Math.unsignedMultiplyHigh(x, y) != 0) {
            throw outOfRange(frame);
          }
          yield fit(x * y, aNegative != bNegative, frame);
        }
        case DIVIDE, INTEGER_DIVIDE -> {
          if (y == 0) {
            Division.byZero(frame);
            yield 0;
          }
          yield fit(Long.divideUnsigned(x, y), aNegative != bNegative, frame);
        }
        case MODULO -> {
          if (y == 0) {
            Division.byZero(frame);
            yield 0;
          }
          yield fit(Long.remainderUnsigned(x, y), aNegative, frame);
        }
      };
    }

    private long sum(long x, boolean xNegative, long y, boolean yNegative, Frame frame) {
      if (xNegative == yNegative) {
        long sum = x + y;
        if (Long.compareUnsigned(sum, x) < 0) {
          throw outOfRange(frame);
        }
        return fit(sum, xNegative, frame);
      }
      return Long.compareUnsigned(x, y) >= 0
          ? fit(x - y, xNegative, frame)
          : fit(y - x, yNegative, frame);
    }

    private long fit(long magnitude, boolean negative, Frame frame) {
      if (type().unsigned()) {
        if (negative && magnitude != 0) {
          throw outOfRange(frame);
        }
        return magnitude;
      }
      if (magnitude < 0 && !(negative && magnitude == Long.MIN_VALUE)) {
        throw outOfRange(frame);
      }
      return negative ? -magnitude : magnitude;
    }
  }
}
