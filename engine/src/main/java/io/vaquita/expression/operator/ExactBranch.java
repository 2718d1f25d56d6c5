package io.vaquita.expression.operator;

import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A branch of CASE or IF whose result is DECIMAL: {@code IF(1, 2, 1.5)} shows 2, not 2.0. Immutable. */
final class ExactBranch extends DecimalExpression {
  private final Expression operand;

  ExactBranch(Expression operand, DataType type) {
    super(type, operand.isNullable());
    this.operand = operand;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    return operand.evaluateDecimal(frame);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    return operand.evaluateBytes(frame);
  }

  @Override
  public Value evaluate(Frame frame) {
    BigDecimal v = operand.evaluateDecimal(frame);
    return v == null ? Value.NullValue.NULL : Value.of(v);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new ExactBranch(children.getFirst(), type());
  }

  @Override
  public String describe() {
    return operand.describe();
  }
}
