package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** AND of two or more conditions. Immutable. */
public final class LogicalAnd extends Condition {
  private final Expression[] operands;

  LogicalAnd(List<Expression> operands) {
    super(DataType.BOOLEAN, anyNullable(operands));
    this.operands = operands.toArray(Expression[]::new);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean sawNull = false;
    for (Expression operand : operands) {
      if (!operand.evaluateBoolean(frame)) {
        if (!frame.isNull) {
          return false;
        }
        sawNull = true;
      }
    }
    frame.isNull = sawNull;
    return !sawNull;
  }

  @Override
  public List<Expression> children() {
    return List.of(operands);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new LogicalAnd(children);
  }

  @Override
  public String describe() {
    return joined(operands, " and ");
  }
}
