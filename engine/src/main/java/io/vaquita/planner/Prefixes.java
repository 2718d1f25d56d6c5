package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.ColumnIntervals.Interval;
import io.vaquita.planner.physical.AccessPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the leading parts of an index access while it is put together: all combinations. Confined to one thread. */
final class Prefixes {
  private List<List<Interval>> combinations = List.of(List.of());

  int size() {
    return combinations.size();
  }

  Prefixes copy() {
    Prefixes copy = new Prefixes();
    copy.combinations = combinations;
    return copy;
  }

  void extend(List<Interval> points) {
    List<List<Interval>> extended = new ArrayList<>(combinations.size() * points.size());
    for (List<Interval> combination : combinations) {
      for (Interval point : points) {
        List<Interval> longer = new ArrayList<>(combination.size() + 1);
        longer.addAll(combination);
        longer.add(point);
        extended.add(longer);
      }
    }
    combinations = extended;
  }

  List<Expression> first() {
    return values(combinations.getFirst());
  }

  private static List<Expression> values(List<Interval> combination) {
    List<Expression> values = new ArrayList<>(combination.size());
    for (Interval i : combination) {
      values.add(i.value());
    }
    return List.copyOf(values);
  }

  List<AccessPath.Range> ranges(@Nullable Interval bound) {
    List<AccessPath.Range> ranges = new ArrayList<>(combinations.size());
    for (List<Interval> combination : combinations) {
      List<Boolean> nullSafe = new ArrayList<>(combination.size());
      for (Interval i : combination) {
        nullSafe.add(i.nullSafe());
      }
      ranges.add(
          new AccessPath.Range(
              values(combination),
              List.copyOf(nullSafe),
              bound == null ? null : bound.low(),
              bound != null && bound.lowInclusive(),
              bound == null ? null : bound.high(),
              bound != null && bound.highInclusive()));
    }
    return List.copyOf(ranges);
  }
}
