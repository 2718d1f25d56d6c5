package io.vaquita.expression.operator;

import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LEAST and GREATEST: NULL when any operand is. Immutable. */
final class Extreme extends Selection {
  private final boolean greatest;
  private final Expression[] operands;
  private final int coercibility;

  /** Compares operand i with operand j, i smaller than j, at [i * n + j]. */
  private final Comparison[] comparisons;

  Extreme(
      boolean greatest,
      List<Expression> operands,
      Comparison[] comparisons,
      DataType type,
      int coercibility) {
    super(type, Condition.anyNullable(operands), coercibility);
    this.greatest = greatest;
    this.operands = operands.toArray(Expression[]::new);
    this.comparisons = comparisons;
    this.coercibility = coercibility;
  }

  @Override
  protected @Nullable Expression select(Frame frame) {
    int best = 0;
    if (Nulls.isNull(operands[0], frame)) {
      return null;
    }
    for (int i = 1; i < operands.length; i++) {
      int c = comparisons[best * operands.length + i].compare(frame);
      if (frame.isNull) {
        return null;
      }
      if (greatest ? c < 0 : c > 0) {
        best = i;
      }
    }
    return operands[best];
  }

  @Override
  public List<Expression> children() {
    return List.of(operands);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    int n = operands.length;
    Comparison[] rebuilt = new Comparison[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        rebuilt[i * n + j] =
            comparisons[i * n + j].with(ComparisonOperator.EQUAL, children.get(i), children.get(j));
      }
    }
    return new Extreme(greatest, children, rebuilt, type(), coercibility);
  }

  @Override
  public String describe() {
    return Describe.call(greatest ? "greatest" : "least", children());
  }
}
