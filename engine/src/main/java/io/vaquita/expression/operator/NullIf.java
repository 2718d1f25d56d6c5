package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NULLIF: the first operand unless it equals the second. Immutable. */
final class NullIf extends Selection {
  private final Comparison comparison;
  private final Expression result;

  NullIf(Comparison comparison, Expression result, DataType type) {
    super(type, true, result.coercibility());
    this.comparison = comparison;
    this.result = result;
  }

  @Override
  protected @Nullable Expression select(Frame frame) {
    return comparison.evaluateBoolean(frame) ? null : result;
  }

  @Override
  public List<Expression> children() {
    return List.of(comparison, result);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new NullIf((Comparison) children.get(0), children.get(1), type());
  }

  @Override
  public String describe() {
    return "nullif(" + comparison.left().describe() + "," + comparison.right().describe() + ")";
  }
}
