package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.value.DataType;
import java.util.List;

/** {@code <=>}: an equality that is never NULL. Immutable. */
public final class NullSafeEqual extends Condition {
  private final Comparison comparison;

  NullSafeEqual(Comparison comparison) {
    super(DataType.BOOLEAN, false);
    this.comparison = comparison;
  }

  /** The comparison of operands that are not NULL. */
  public Comparison comparison() {
    return comparison;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    int c = comparison.compare(frame);
    if (!frame.isNull) {
      return c == 0;
    }
    boolean both =
        Nulls.isNull(comparison.left(), frame) && Nulls.isNull(comparison.right(), frame);
    frame.isNull = false;
    return both;
  }

  @Override
  public List<Expression> children() {
    return comparison.children();
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new NullSafeEqual((Comparison) comparison.withChildren(children));
  }

  @Override
  public String describe() {
    return io.vaquita.expression.Describe.infix(comparison.left(), "<=>", comparison.right());
  }
}
