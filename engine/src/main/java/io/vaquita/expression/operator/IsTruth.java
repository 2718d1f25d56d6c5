package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;

/** IS [NOT] TRUE and IS [NOT] FALSE. Immutable. */
final class IsTruth extends Condition {
  private final Expression operand;
  private final boolean wanted;
  private final boolean negated;

  IsTruth(Expression operand, boolean wanted, boolean negated) {
    super(DataType.BOOLEAN, false);
    this.operand = operand;
    this.wanted = wanted;
    this.negated = negated;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean v = operand.evaluateBoolean(frame);
    boolean is = !frame.isNull && v == wanted;
    frame.isNull = false;
    return is != negated;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new IsTruth(children.getFirst(), wanted, negated);
  }

  @Override
  public String describe() {
    return "(" + operand.describe() + " is " + (negated ? "not " : "") + wanted + ")";
  }
}
