package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.JoinGroup.NestedUnit;
import io.vaquita.planner.JoinPlanner.Result;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.HashJoin;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.NestedLoopJoin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inner side of an outer join, semi-join or anti-join in a join group. Never first. Confined to one thread. */
final class GroupUnit extends UnitPlanner {
  private final NestedUnit nested;
  private final boolean hasKeys;
  private @Nullable Result loop;
  private @Nullable Result alone;

  GroupUnit(JoinPlanner join, int position, BitSet slots, NestedUnit nested) {
    super(join, position, slots);
    this.nested = nested;
    boolean keys = false;
    boolean onlyKeys = true;
    for (Expression c : nested.conditions()) {
      boolean isKey = hashKey(c, slots, join.statement) != null;
      keys |= isKey;
      onlyKeys &= isKey;
    }
    this.hasKeys = keys && (onlyKeys || nested.kind() != JoinTree.Kind.NULL_AWARE_ANTI);
  }

  private boolean isNullAware() {
    return nested.kind() == JoinTree.Kind.NULL_AWARE_ANTI;
  }

  @Override
  BitSet readsOutside() {
    BitSet reads = new BitSet();
    for (Expression c : nested.conditions()) {
      SlotSets.collect(c, join.statement, reads);
    }
    collect(nested.group(), reads);
    reads.andNot(slots);
    return reads;
  }

  private void collect(JoinGroup group, BitSet reads) {
    for (Expression c : group.conditions) {
      SlotSets.collect(c, join.statement, reads);
    }
    for (JoinGroup.Unit unit : group.units) {
      switch (unit) {
        case JoinGroup.SourceUnit s -> reads.or(s.source().dependsOn());
        case NestedUnit n -> {
          n.conditions().forEach(c -> SlotSets.collect(c, join.statement, reads));
          collect(n.group(), reads);
        }
      }
    }
  }

  /** Whether conditions inside the group read rows of the group around it, so that it cannot be read by itself. */
  private boolean isCorrelatedInside() {
    BitSet reads = new BitSet();
    collect(nested.group(), reads);
    reads.andNot(slots);
    return reads.intersects(join.group.slots());
  }

  @Override
  boolean mayBeFirst() {
    return false;
  }

  @Override
  Candidate first() {
    throw new IllegalStateException("an inner side has no first place");
  }

  /** The group with the join's conditions inside, opened for each left row. */
  private Result loop(long mask) {
    if (loop == null) {
      JoinGroup group = nested.group();
      if (!isNullAware()) {
        group = new JoinGroup();
        for (int i = 0; i < nested.group().units.size(); i++) {
          group.add(nested.group().units.get(i), nested.group().after.get(i));
        }
        group.conditions.addAll(nested.group().conditions);
        group.conditions.addAll(nested.conditions());
      }
      loop = plan(group, join.available(mask));
    }
    return loop;
  }

  /** The group by itself, for a table of its rows. */
  private Result alone() {
    if (alone == null) {
      alone = plan(nested.group(), join.outside);
    }
    return alone;
  }

  private Result plan(JoinGroup group, BitSet available) {
    return new JoinPlanner(join.statement, join.queries, group, available, false)
        .plan(DesiredOrder.NONE);
  }

  @Override
  Candidate next(long mask, double leftRows) {
    Result l = loop(mask);
    boolean stopsEarly = nested.kind() == JoinTree.Kind.SEMI || nested.kind() == JoinTree.Kind.ANTI;
    double loopCost = leftRows * l.cost() * (stopsEarly ? 0.7 : 1);
    double rows = rows(leftRows, l.rows()) * share(mask);
    if (hasKeys && !isCorrelatedInside()) {
      Result a = alone();
      double cost = Costs.hashJoin(leftRows, a.cost(), a.rows());
      if (cost < loopCost) {
        return new Candidate(Method.HASH, null, rows, cost, Given.NO);
      }
    }
    return new Candidate(Method.LOOP, null, rows, loopCost, Given.NO);
  }

  private double rows(double leftRows, double innerRows) {
    return switch (nested.kind()) {
      case INNER -> leftRows * innerRows;
      case LEFT -> leftRows * Math.max(1, innerRows);
      case SEMI -> leftRows * Math.min(1, innerRows);
      case ANTI, NULL_AWARE_ANTI -> leftRows * Math.max(0.1, 1 - Math.min(1, innerRows));
    };
  }

  private double share(long mask) {
    double share = 1;
    for (int c : newConditions(mask)) {
      share *= Selectivity.of(condition(c));
    }
    return share;
  }

  @Override
  PhysicalNode buildFirst(Candidate candidate) {
    throw new IllegalStateException("an inner side has no first place");
  }

  @Override
  PhysicalNode build(PhysicalNode left, long mask, Candidate candidate) {
    PhysicalNode joined = candidate.method() == Method.HASH ? hash(left) : nestedLoop(left, mask);
    List<Expression> after = new ArrayList<>();
    for (int c : newConditions(mask)) {
      after.add(condition(c));
    }
    return filter(joined, after, candidate.rows());
  }

  private JoinKind kind() {
    return switch (nested.kind()) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      case NULL_AWARE_ANTI -> JoinKind.NULL_AWARE_ANTI;
    };
  }

  private PhysicalNode nestedLoop(PhysicalNode left, long mask) {
    Result inner = loop(mask);
    return new NestedLoopJoin(
        kind(),
        left,
        inner.node(),
        slotList(),
        isNullAware() ? Conjuncts.combine(nested.conditions()) : null,
        rows(left.estimatedRows(), inner.rows()));
  }

  private PhysicalNode hash(PhysicalNode left) {
    List<Expression> leftKeys = new ArrayList<>();
    List<Expression> rightKeys = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    for (Expression c : nested.conditions()) {
      HashKey key = hashKey(c, slots, join.statement);
      if (key == null) {
        rest.add(c);
      } else {
        leftKeys.add(key.left());
        rightKeys.add(key.right());
      }
    }
    Result inner = alone();
    return new HashJoin(
        kind(),
        left,
        inner.node(),
        leftKeys,
        rightKeys,
        slotList(),
        Conjuncts.combine(rest),
        rows(left.estimatedRows(), 1));
  }
}
