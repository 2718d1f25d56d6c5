package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Value;
import java.util.List;

/** Lets each different value through once: COUNT(DISTINCT a, b), SUM(DISTINCT a). */
final class DistinctAccumulator extends Accumulator {
  private final Accumulator inner;
  private final DistinctRows rows;

  DistinctAccumulator(Accumulator inner, List<Expression> arguments) {
    this.inner = inner;
    this.rows = new DistinctRows(arguments);
  }

  @Override
  public void add(Frame frame) {
    if (rows.add(frame)) {
      inner.add(frame);
    }
  }

  @Override
  public Value result(Frame frame) {
    return inner.result(frame);
  }

  @Override
  public void reset() {
    inner.reset();
    rows.clear();
  }
}
