package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** NOT. Immutable. */
public final class LogicalNot extends Condition {
  private final Expression operand;

  private LogicalNot(Expression operand) {
    super(DataType.BOOLEAN, operand.isNullable());
    this.operand = operand;
  }

  /** Comparisons and the like are turned round instead, which the planner can use. */
  static Expression of(Expression operand) {
    return switch (operand) {
      case Comparison c -> c.withOperator(c.operator().negated());
      case Between b -> b.negate();
      case InList i -> i.negate();
      case IsNull n -> n.negate();
      case Like l -> l.negate();
      case Exists e -> e.negate();
      default -> new LogicalNot(operand);
    };
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean v = operand.evaluateBoolean(frame);
    return !v && !frame.isNull;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new LogicalNot(children.getFirst());
  }

  @Override
  public String describe() {
    return "(not(" + operand.describe() + "))";
  }
}
