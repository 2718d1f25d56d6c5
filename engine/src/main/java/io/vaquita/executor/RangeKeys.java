package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Intervals;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.WindowFrame;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.Interval;
import io.vaquita.value.temporal.IntervalUnit;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sort keys of a partition as values that an offset can be added to: numbers, or packed temporals. NULL keys are each other's
 * peers and in no other row's range. Confined to one operator.
 */
final class RangeKeys {
  /** What a number costs, its reference included. */
  private static final int NUMBER_BYTES = 48;

  private final Expression key;
  private final boolean descending;
  private final boolean isTemporal;
  private final TypeKind temporalKind;
  private @Nullable BigDecimal[] numbers = {};
  private long[] temporals = {};
  private boolean[] nulls = {};

  RangeKeys(SortKey sortKey) {
    this.key = sortKey.expression();
    this.descending = sortKey.descending();
    this.isTemporal = key.type().kind().isTemporal();
    this.temporalKind =
        key.type().kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : key.type().kind();
  }

  void read(WindowPartition p) {
    int size = p.size();
    p.checkMemory((isTemporal ? Long.BYTES : NUMBER_BYTES) * (long) size);
    numbers = new BigDecimal[isTemporal ? 0 : size];
    temporals = new long[isTemporal ? size : 0];
    nulls = new boolean[size];
    for (int i = 0; i < size; i++) {
      p.restore(i);
      if (isTemporal) {
        temporals[i] = key.evaluateTemporal(p.frame, temporalKind);
        nulls[i] = p.frame.isNull;
      } else {
        numbers[i] = number(key, p.frame);
        nulls[i] = numbers[i] == null;
      }
    }
  }

  private static @Nullable BigDecimal number(Expression e, Frame frame) {
    if (e.type().domain() == TypeKind.Domain.DOUBLE) {
      double d = e.evaluateDouble(frame);
      return frame.isNull ? null : BigDecimal.valueOf(d);
    }
    return e.evaluateDecimal(frame);
  }

  /** The first row of the range (or the first after it) of a row's key plus or minus the bound's offset. */
  int find(WindowPartition p, int row, WindowFrame.Bound bound, boolean preceding, boolean isEnd) {
    if (nulls[row]) {
      int group = p.group(row);
      return isEnd ? p.groupEnd(group) : p.groupStart(group);
    }
    p.restore(row);
    // In a descending order "before" means greater.
    boolean subtract = preceding != descending;
    Object wanted =
        isTemporal ? moved(row, bound, subtract, p.frame) : sum(row, bound, subtract, p.frame);
    int low = 0;
    int high = p.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int c = compare(middle, wanted);
      if (c < 0 || c == 0 && isEnd) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** In the partition's order: NULLs first when ascending, last when descending. */
  private int compare(int row, Object wanted) {
    if (nulls[row]) {
      return descending ? 1 : -1;
    }
    int c;
    if (wanted instanceof Long l) {
      c = Long.compare(temporals[row], l);
    } else {
      BigDecimal n = numbers[row];
      c = n == null ? -1 : n.compareTo((BigDecimal) wanted);
    }
    return descending ? -c : c;
  }

  private BigDecimal sum(int row, WindowFrame.Bound bound, boolean subtract, Frame frame) {
    BigDecimal own = numbers[row];
    BigDecimal offset = bound.offset() == null ? null : number(bound.offset(), frame);
    if (offset == null || offset.signum() < 0) {
      throw FrameBounds.illegal();
    }
    if (own == null) {
      throw new IllegalStateException("a NULL has no range");
    }
    return subtract ? own.subtract(offset) : own.add(offset);
  }

  private Long moved(int row, WindowFrame.Bound bound, boolean subtract, Frame frame) {
    IntervalUnit unit =
        IntervalUnit.valueOf(
            bound.intervalUnit() == null ? "DAY" : bound.intervalUnit().toUpperCase(Locale.ROOT));
    Expression offset = bound.offset();
    Interval interval = offset == null ? null : Intervals.evaluate(offset, unit, false, frame);
    if (interval == null || interval.isNegative()) {
      throw FrameBounds.illegal();
    }
    if (subtract) {
      interval.negate();
    }
    long result = interval.addTo(temporals[row], temporalKind);
    if (result == Days.OVERFLOW) {
      return subtract ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return result;
  }
}
