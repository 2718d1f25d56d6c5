package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** OR of two or more conditions. Immutable. */
public final class LogicalOr extends Condition {
  private final Expression[] operands;

  LogicalOr(List<Expression> operands) {
    super(DataType.BOOLEAN, anyNullable(operands));
    this.operands = operands.toArray(Expression[]::new);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean sawNull = false;
    for (Expression operand : operands) {
      if (operand.evaluateBoolean(frame)) {
        return true;
      }
      sawNull |= frame.isNull;
    }
    frame.isNull = sawNull;
    return false;
  }

  @Override
  public List<Expression> children() {
    return List.of(operands);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new LogicalOr(children);
  }

  @Override
  public String describe() {
    return joined(operands, " or ");
  }
}
