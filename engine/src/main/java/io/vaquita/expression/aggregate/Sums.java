package io.vaquita.expression.aggregate;

import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** SUM: in 64 bits as long as they hold it, in decimals, in doubles. NULL without values. */
final class Sums {
  private Sums() {}

  /** What AVG needs of an exact sum. */
  abstract static class Exact extends Accumulator {
    long count;

    abstract BigDecimal sum();
  }

  static final class OfLongs extends Exact {
    private final Expression argument;
    private final boolean unsigned;
    private long sum;

    /** What did not fit into {@link #sum}. */
    private BigDecimal rest = BigDecimal.ZERO;

    OfLongs(Expression argument) {
      this.argument = argument;
      this.unsigned = NumericTypes.isUnsigned(argument);
    }

    @Override
    public void add(Frame frame) {
      long v = argument.evaluateLong(frame);
      if (frame.isNull) {
        return;
      }
      count++;
      if (unsigned && v < 0) {
        rest = rest.add(Conversion.longToDecimal(v, true));
        return;
      }
      long next = sum + v;
      if (((sum ^ next) & (v ^ next)) < 0) {
        rest = rest.add(BigDecimal.valueOf(sum)).add(BigDecimal.valueOf(v));
        next = 0;
      }
      sum = next;
    }

    @Override
    BigDecimal sum() {
      BigDecimal low = BigDecimal.valueOf(sum);
      return rest.signum() == 0 ? low : rest.add(low);
    }

    @Override
    public Value result(Frame frame) {
      return count == 0 ? Value.NullValue.NULL : Value.of(sum());
    }

    @Override
    public void reset() {
      count = 0;
      sum = 0;
      rest = BigDecimal.ZERO;
    }
  }

  static final class OfDecimals extends Exact {
    private final Expression argument;
    private final DataType type;
    private BigDecimal sum = BigDecimal.ZERO;

    OfDecimals(Expression argument, DataType type) {
      this.argument = argument;
      this.type = type;
    }

    @Override
    public void add(Frame frame) {
      BigDecimal v = argument.evaluateDecimal(frame);
      if (v != null) {
        count++;
        sum = sum.add(v);
      }
    }

    @Override
    BigDecimal sum() {
      return sum;
    }

    @Override
    public Value result(Frame frame) {
      return count == 0
          ? Value.NullValue.NULL
          : Value.of(sum.setScale(type.decimals(), RoundingMode.HALF_UP));
    }

    @Override
    public void reset() {
      count = 0;
      sum = BigDecimal.ZERO;
    }
  }

  static final class OfDoubles extends Accumulator {
    private final Expression argument;
    private double sum;
    private boolean any;

    OfDoubles(Expression argument) {
      this.argument = argument;
    }

    @Override
    public void add(Frame frame) {
      double v = argument.evaluateDouble(frame);
      if (!frame.isNull) {
        any = true;
        sum += v;
      }
    }

    @Override
    public Value result(Frame frame) {
      return any ? Value.of(sum) : Value.NullValue.NULL;
    }

    @Override
    public void reset() {
      any = false;
      sum = 0;
    }
  }
}
