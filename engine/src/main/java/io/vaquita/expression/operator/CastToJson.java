package io.vaquita.expression.operator;

import io.vaquita.expression.BooleanValued;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonExpression;
import io.vaquita.expression.JsonValues;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CAST AS JSON: strings are parsed, other values become scalars. Immutable. */
final class CastToJson extends JsonExpression {
  private final Expression operand;

  CastToJson(Expression operand) {
    super(true);
    this.operand = operand;
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    return operand instanceof BooleanValued
            || operand instanceof LiteralExpression && operand.type().equals(DataType.BOOLEAN)
        ? JsonValues.ofNullable(operand, frame)
        : operand.evaluateJson(frame);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToJson(children.getFirst());
  }

  @Override
  public String describe() {
    return "cast(" + operand.describe() + " as json)";
  }
}
