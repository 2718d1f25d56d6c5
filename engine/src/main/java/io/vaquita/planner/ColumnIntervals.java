package io.vaquita.planner;

import io.vaquita.expression.Expression;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one condition says of one column: its value lies in one of these intervals. Immutable.
 *
 * @param condition the condition's index in its list
 * @param column ordinal
 * @param needs slots that the bounds read
 * @param exact the intervals say all that the condition says, so that it need not be tested again
 */
record ColumnIntervals(
    int condition, int column, List<Interval> intervals, BitSet needs, boolean exact) {

  /**
   * @param nullSafe of a point: NULL finds NULLs
   */
  record Interval(
      @Nullable Expression low,
      boolean lowInclusive,
      @Nullable Expression high,
      boolean highInclusive,
      boolean isPoint,
      boolean nullSafe) {
    static Interval point(Expression value, boolean nullSafe) {
      return new Interval(value, true, value, true, true, nullSafe);
    }

    Expression value() {
      if (low == null) {
        throw new IllegalStateException("no point");
      }
      return low;
    }
  }

  boolean isPoint() {
    return intervals.size() == 1 && intervals.getFirst().isPoint();
  }

  boolean arePoints() {
    for (Interval i : intervals) {
      if (!i.isPoint()) {
        return false;
      }
    }
    return true;
  }
}
