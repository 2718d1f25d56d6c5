package io.vaquita.expression.aggregate;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import io.vaquita.value.number.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** AVG: NULL without values. */
final class Averages {
  private Averages() {}

  /** Exact, with div_precision_increment more digits than the values have. */
  static final class OfDecimals extends Accumulator {
    private final Sums.Exact sum;
    private final int increment;
    private final DataType type;

    OfDecimals(Sums.Exact sum, int scale, DataType type) {
      this.sum = sum;
      this.increment = Math.max(0, type.decimals() - scale);
      this.type = type;
    }

    @Override
    public void add(Frame frame) {
      sum.add(frame);
    }

    @Override
    public Value result(Frame frame) {
      if (sum.count == 0) {
        return Value.NullValue.NULL;
      }
      BigDecimal average = Decimals.divide(sum.sum(), BigDecimal.valueOf(sum.count), increment);
      return Value.of(average.setScale(type.decimals(), RoundingMode.HALF_UP));
    }

    @Override
    public void reset() {
      sum.reset();
    }
  }

  static final class OfDoubles extends Accumulator {
    private final Expression argument;
    private double sum;
    private long count;

    OfDoubles(Expression argument) {
      this.argument = argument;
    }

    @Override
    public void add(Frame frame) {
      double v = argument.evaluateDouble(frame);
      if (!frame.isNull) {
        count++;
        sum += v;
      }
    }

    @Override
    public Value result(Frame frame) {
      return count == 0 ? Value.NullValue.NULL : Value.of(sum / count);
    }

    @Override
    public void reset() {
      sum = 0;
      count = 0;
    }
  }
}
