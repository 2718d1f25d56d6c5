package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** CAST AS DOUBLE, FLOAT and REAL. Immutable. */
final class CastToDouble extends DoubleExpression {
  private final Expression operand;

  CastToDouble(Expression operand, DataType type) {
    super(type, operand.isNullable());
    this.operand = operand;
  }

  @Override
  public double evaluateDouble(Frame frame) {
    double v = operand.evaluateDouble(frame);
    if (frame.isNull || type().kind() == TypeKind.DOUBLE) {
      return v;
    }
    float f = (float) v;
    if (Float.isInfinite(f)) {
      throw MySqlError.ER_DATA_OUT_OF_RANGE.exception("DOUBLE", Expressions.describe(this, frame));
    }
    return f;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToDouble(children.getFirst(), type());
  }

  @Override
  public String describe() {
    return "cast("
        + operand.describe()
        + " as "
        + (type().kind() == TypeKind.FLOAT ? "float)" : "double)");
  }
}
