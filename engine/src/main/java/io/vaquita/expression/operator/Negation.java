package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.DataType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Unary minus, a class for each domain. */
final class Negation {
  private Negation() {}

  private static String text(Expression operand) {
    return "-(" + operand.describe() + ")";
  }

  static final class OfLong extends LongExpression {
    private final Expression operand;

    OfLong(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public long evaluateLong(Frame frame) {
      long v = operand.evaluateLong(frame);
      if (v < 0) {
        boolean unsigned = NumericTypes.isUnsigned(operand);
        if (unsigned ? v != Long.MIN_VALUE : v == Long.MIN_VALUE) {
          throw MySqlError.ER_DATA_OUT_OF_RANGE.exception(
              "BIGINT", Expressions.describe(this, frame));
        }
      }
      return -v;
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfLong(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return text(operand);
    }
  }

  static final class OfDouble extends DoubleExpression {
    private final Expression operand;

    OfDouble(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return -operand.evaluateDouble(frame);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfDouble(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return text(operand);
    }
  }

  static final class OfDecimal extends DecimalExpression {
    private final Expression operand;

    OfDecimal(Expression operand, DataType type) {
      super(type, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      BigDecimal v = operand.evaluateDecimal(frame);
      return v == null ? null : v.negate();
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfDecimal(children.getFirst(), type());
    }

    @Override
    public String describe() {
      return text(operand);
    }
  }
}
