package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.DataType;
import java.util.List;

/** An expression that is true, false or NULL: {@link #evaluateBoolean} is its own method, the number follows from it. Immutable. */
public abstract class Condition extends LongExpression
    implements io.vaquita.expression.BooleanValued {
  protected Condition(DataType type, boolean nullable) {
    super(type, nullable);
  }

  @Override
  public abstract boolean evaluateBoolean(Frame frame);

  @Override
  public final long evaluateLong(Frame frame) {
    return evaluateBoolean(frame) ? 1 : 0;
  }

  static boolean anyNullable(List<Expression> operands) {
    for (Expression e : operands) {
      if (e.isNullable()) {
        return true;
      }
    }
    return false;
  }

  static String joined(Expression[] operands, String between) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < operands.length; i++) {
      text.append(i == 0 ? "" : between).append(operands[i].describe());
    }
    return text.append(')').toString();
  }
}
