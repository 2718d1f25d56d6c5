package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Value;

/** VAR_… and STD…: Welford's recurrence, so that large values lose no digits. NULL without (enough) values. */
final class Variance extends Accumulator {
  private final Expression argument;
  private final boolean sample;
  private final boolean root;
  private long count;
  private double mean;
  private double squares;

  Variance(Expression argument, boolean sample, boolean root) {
    this.argument = argument;
    this.sample = sample;
    this.root = root;
  }

  @Override
  public void add(Frame frame) {
    double v = argument.evaluateDouble(frame);
    if (frame.isNull) {
      return;
    }
    count++;
    double before = mean;
    mean += (v - mean) / count;
    squares += (v - before) * (v - mean);
  }

  @Override
  public Value result(Frame frame) {
    if (count <= (sample ? 1 : 0)) {
      return Value.NullValue.NULL;
    }
    double variance = squares / (sample ? count - 1 : count);
    return Value.of(root ? Math.sqrt(variance) : variance);
  }

  @Override
  public void reset() {
    count = 0;
    mean = 0;
    squares = 0;
  }
}
