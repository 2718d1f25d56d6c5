package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.JoinGroup.NestedUnit;
import io.vaquita.planner.JoinGroup.SourceUnit;
import io.vaquita.planner.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one unit of a join group can do: be read first, or be joined to rows that are there. Confined to one thread. */
abstract sealed class UnitPlanner permits TableUnit, OtherSourceUnit, GroupUnit {
  final JoinPlanner join;
  final int position;
  final BitSet slots;

  UnitPlanner(JoinPlanner join, int position, BitSet slots) {
    this.join = join;
    this.position = position;
    this.slots = slots;
  }

  static UnitPlanner of(JoinPlanner join, int position, JoinGroup.Unit unit, BitSet slots) {
    return switch (unit) {
      case SourceUnit(Source.Table t) -> new TableUnit(join, position, slots, t);
      case SourceUnit s -> new OtherSourceUnit(join, position, slots, s.source());
      case NestedUnit n -> new GroupUnit(join, position, slots, n);
    };
  }

  /** How the unit meets the rows to its left. */
  enum Method {
    /** Opened for each left row. */
    LOOP,
    /** Kept in memory, found by keys. */
    HASH,
    /** Kept in memory, every pair tried. */
    PRODUCT
  }

  /**
   * @param cost of this step alone
   * @param rows after it
   * @param path of a base table
   */
  record Candidate(
      Method method, @Nullable TablePath path, double rows, double cost, Given given) {}

  /** Slots outside of the unit that its rows hang on. */
  abstract BitSet readsOutside();

  abstract boolean mayBeFirst();

  abstract Candidate first();

  abstract Candidate next(long mask, double leftRows);

  abstract PhysicalNode buildFirst(Candidate candidate);

  abstract PhysicalNode build(PhysicalNode left, long mask, Candidate candidate);

  /** Conditions tested when this unit is added. */
  final List<Integer> newConditions(long mask) {
    List<Integer> conditions = new ArrayList<>();
    join.newConditions(mask, position, conditions);
    return conditions;
  }

  final Expression condition(int index) {
    return join.group.conditions.get(index);
  }

  /** What correlated subqueries among the conditions cost, run for each row that meets the other conditions. */
  final double subqueryCost(List<Integer> conditions, double rowsKept) {
    double cost = 0;
    for (int c : conditions) {
      if (Expressions.containsSubquery(condition(c))
          && !SlotSets.of(condition(c), join.statement).isEmpty()) {
        cost += rowsKept / Selectivity.of(condition(c)) * Costs.SUBQUERY;
      }
    }
    return cost;
  }

  /** Whether a condition reads nothing of the group but this unit. */
  final boolean isLocal(int condition) {
    return (join.needs[condition] & ~(1L << position)) == 0;
  }

  /** {@code left = right} where one side reads only this unit and the other only what is outside of it. */
  record HashKey(Expression left, Expression right) {}

  static @Nullable HashKey hashKey(Expression condition, BitSet own, StatementBinding statement) {
    if (!(condition instanceof Comparison c) || c.operator() != ComparisonOperator.EQUAL) {
      return null;
    }
    BitSet left = SlotSets.of(c.left(), statement);
    BitSet right = SlotSets.of(c.right(), statement);
    if (left.isEmpty() || right.isEmpty()) {
      return null;
    }
    if (SlotSets.isSubset(right, own) && !left.intersects(own)) {
      return new HashKey(c.left(), c.right());
    }
    if (SlotSets.isSubset(left, own) && !right.intersects(own)) {
      return new HashKey(c.right(), c.left());
    }
    return null;
  }

  final List<Integer> slotList() {
    return slots.stream().boxed().toList();
  }

  static PhysicalNode filter(PhysicalNode input, List<Expression> conditions, double rows) {
    Expression condition = Conjuncts.combine(conditions);
    return condition == null ? input : new PhysicalNode.Filter(input, condition, rows);
  }
}
