package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.value.Value;
import java.util.List;

/** COUNT. */
final class Counts {
  private Counts() {}

  /** COUNT(*). */
  static final class OfRows extends Accumulator {
    private long count;

    @Override
    public void add(Frame frame) {
      count++;
    }

    @Override
    public Value result(Frame frame) {
      return Value.of(count);
    }

    @Override
    public void reset() {
      count = 0;
    }
  }

  /** COUNT(a, …): rows without a NULL. */
  static final class OfValues extends Accumulator {
    private final Expression[] arguments;
    private long count;

    OfValues(List<Expression> arguments) {
      this.arguments = arguments.toArray(Expression[]::new);
    }

    @Override
    public void add(Frame frame) {
      for (Expression e : arguments) {
        if (e.isNullable() && Nulls.isNull(e, frame)) {
          return;
        }
      }
      count++;
    }

    @Override
    public Value result(Frame frame) {
      return Value.of(count);
    }

    @Override
    public void reset() {
      count = 0;
    }
  }
}
