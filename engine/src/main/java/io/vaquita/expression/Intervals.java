package io.vaquita.expression;

import io.vaquita.value.Slice;
import io.vaquita.value.temporal.Interval;
import io.vaquita.value.temporal.IntervalUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** {@code INTERVAL amount unit}, of date arithmetic and of window frames. Stateless. */
public final class Intervals {
  private Intervals() {}

  /** Null, with {@link Frame#isNull}, when the amount is NULL or no interval. */
  public static @Nullable Interval evaluate(
      Expression amount, IntervalUnit unit, boolean subtract, Frame frame) {
    Interval interval = new Interval();
    boolean single = unit.fields() == 1;
    if (single && unit != IntervalUnit.SECOND) {
      long n = amount.evaluateLong(frame);
      if (frame.isNull) {
        return null;
      }
      interval.set(unit, n);
    } else if (single) {
      BigDecimal seconds = amount.evaluateDecimal(frame);
      if (seconds == null) {
        return null;
      }
      BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP);
      if (micros.precision() > 18) {
        interval.set(IntervalUnit.SECOND, Long.MAX_VALUE);
      } else {
        interval.setMicros(micros.longValue());
      }
    } else {
      Slice text = amount.evaluateBytes(frame);
      if (text == null) {
        return null;
      }
      if (!interval.parse(text, unit)) {
        frame.isNull = true;
        return null;
      }
    }
    if (subtract) {
      interval.negate();
    }
    return interval;
  }
}
