package io.vaquita.expression.operator;

import io.vaquita.expression.Frame;
import io.vaquita.expression.Subquery;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.value.DataType;

/** [NOT] EXISTS. Immutable. */
public final class Exists extends Condition implements SubqueryExpression {
  private final int index;
  private final boolean negated;

  Exists(int index, boolean negated) {
    super(DataType.BOOLEAN, false);
    this.index = index;
    this.negated = negated;
  }

  @Override
  public int index() {
    return index;
  }

  public boolean isNegated() {
    return negated;
  }

  Exists negate() {
    return new Exists(index, !negated);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    subquery.open(frame);
    boolean found;
    try {
      found = subquery.next(frame);
    } finally {
      subquery.close(frame);
    }
    frame.isNull = false;
    return found != negated;
  }

  @Override
  public Dependence dependence() {
    return Dependence.ROW;
  }

  @Override
  public String describe() {
    return (negated ? "(not exists" : "exists")
        + "(/* select#"
        + (index + 2)
        + " */ ...)"
        + (negated ? ")" : "");
  }
}
