package io.vaquita.expression.operator;

import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StringExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COLLATE. Immutable. */
final class Collate extends StringExpression {
  private final Expression operand;

  Collate(Expression operand, DataType type) {
    super(type, true, Coercibility.EXPLICIT);
    this.operand = operand;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    return operand.evaluateBytes(frame);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new Collate(children.getFirst(), type());
  }

  @Override
  public String describe() {
    return "(" + operand.describe() + " collate " + type().collation().name() + ")";
  }
}
