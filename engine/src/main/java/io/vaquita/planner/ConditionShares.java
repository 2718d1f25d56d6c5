package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guesses which share of a table's rows meets conditions, its joins included. Equalities that say the same thing of one column twice
 * (as derived ones do) count once. Confined to one thread.
 */
final class ConditionShares {
  /** A column that no index tells anything of is taken for one with at least so many values. */
  private static final double VALUES_MIN = 10;

  private final TableUnit unit;
  private final TablePaths paths;

  ConditionShares(TableUnit unit, TablePaths paths) {
    this.unit = unit;
    this.paths = paths;
  }

  /** Of the rows that a path with {@code used} conditions reads. */
  double of(List<Integer> conditions, BitSet used) {
    double share = 1;
    List<Expression> columns = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int c = used.nextSetBit(0); c >= 0; c = used.nextSetBit(c + 1)) {
      UnitPlanner.HashKey key = key(c);
      if (key != null) {
        columns.add(key.right());
        shares.add(0.0);
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      int c = conditions.get(i);
      if (used.get(c)) {
        continue;
      }
      UnitPlanner.HashKey key = key(c);
      if (key == null) {
        share *= ofLocal(c);
        continue;
      }
      int same = find(columns, key.right());
      if (same < 0) {
        columns.add(key.right());
        shares.add(ofJoin(key));
      } else {
        shares.set(same, Math.min(shares.get(same), ofJoin(key)));
      }
    }
    for (double s : shares) {
      share *= s == 0 ? 1 : s;
    }
    return share;
  }

  private UnitPlanner.@Nullable HashKey key(int condition) {
    return unit.isLocal(condition)
        ? null
        : UnitPlanner.hashKey(unit.condition(condition), unit.slots, unit.join.statement);
  }

  private static int find(List<Expression> columns, Expression wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (Same.expression(columns.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private double ofLocal(int condition) {
    double known = unit.isLocal(condition) ? paths.knownShare(condition) : -1;
    return known >= 0 ? known : Selectivity.of(unit.condition(condition));
  }

  /** Every value of the side with fewer values is taken to be among those of the other. */
  private double ofJoin(UnitPlanner.HashKey key) {
    double own = key.right() instanceof ColumnExpression c ? paths.distinctValues(c.column()) : -1;
    double other =
        key.left() instanceof ColumnExpression c
            ? unit.join.distinctValues(c.slot(), c.column())
            : -1;
    double most = Math.max(own, other);
    return 1 / Math.max(VALUES_MIN, most > 0 ? most : paths.tableRows);
  }
}
