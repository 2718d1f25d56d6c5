package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/** ANY_VALUE: the value in the group's first row, NULL without rows. */
final class FirstValue extends Accumulator {
  private final Expression argument;
  private @Nullable Value first;

  FirstValue(Expression argument) {
    this.argument = argument;
  }

  @Override
  public void add(Frame frame) {
    if (first == null) {
      first = argument.evaluate(frame);
    }
  }

  @Override
  public Value result(Frame frame) {
    return first == null ? Value.NullValue.NULL : first;
  }

  @Override
  public void reset() {
    first = null;
  }
}
