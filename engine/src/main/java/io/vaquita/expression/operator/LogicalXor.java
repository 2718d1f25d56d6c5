package io.vaquita.expression.operator;

import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** XOR. Immutable. */
final class LogicalXor extends Condition {
  private final Expression left;
  private final Expression right;

  LogicalXor(Expression left, Expression right) {
    super(DataType.BOOLEAN, left.isNullable() || right.isNullable());
    this.left = left;
    this.right = right;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean a = left.evaluateBoolean(frame);
    if (frame.isNull) {
      return false;
    }
    boolean b = right.evaluateBoolean(frame);
    return !frame.isNull && a != b;
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new LogicalXor(children.get(0), children.get(1));
  }

  @Override
  public String describe() {
    return Describe.infix(left, "xor", right);
  }
}
