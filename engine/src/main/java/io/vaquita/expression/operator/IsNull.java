package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.value.DataType;
import java.util.List;

/** IS NULL and IS NOT NULL. Immutable. */
public final class IsNull extends Condition {
  private final Expression operand;
  private final boolean negated;

  IsNull(Expression operand, boolean negated) {
    super(DataType.BOOLEAN, false);
    this.operand = operand;
    this.negated = negated;
  }

  public Expression operand() {
    return operand;
  }

  public boolean isNegated() {
    return negated;
  }

  IsNull negate() {
    return new IsNull(operand, !negated);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean isNull = Nulls.isNull(operand, frame);
    frame.isNull = false;
    return isNull != negated;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new IsNull(children.getFirst(), negated);
  }

  @Override
  public String describe() {
    return "(" + operand.describe() + (negated ? " is not null)" : " is null)");
  }
}
