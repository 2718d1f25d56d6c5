package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.SelectBlock.WindowStep;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.PhysicalNode.WindowCall;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans one query block: joins, then grouping, HAVING, windows, DISTINCT, ORDER BY, LIMIT. Confined to one thread. */
final class SelectPlanner {
  private final QueryPlanner queries;
  private final StatementBinding statement;
  private final SelectBlock block;

  /** The rows come in the order that was asked for without a sort. */
  private boolean isOrdered;

  SelectPlanner(QueryPlanner queries, SelectBlock block) {
    this.queries = queries;
    this.statement = queries.statement;
    this.block = block;
  }

  PhysicalNode plan() {
    PhysicalNode node = joined();
    if (block.aggregation() != null) {
      node = grouped(node, block.aggregation());
    }
    node = UnitPlanner.filter(node, block.having(), node.estimatedRows());
    for (WindowStep window : block.windows()) {
      node = window(node, window);
    }
    if (block.distinct()) {
      node =
          new PhysicalNode.Distinct(
              node,
              QueryPlanner.expressions(block.outputs()),
              ProducedSlots.of(node),
              node.estimatedRows());
    }
    if (!isOrdered && !block.orderBy().isEmpty()) {
      node =
          QueryPlanner.sorted(node, block.orderBy(), block.countsAllRows() ? null : block.limit());
    }
    return QueryPlanner.limited(node, block.limit(), block.countsAllRows());
  }

  private PhysicalNode joined() {
    JoinTree from = block.from();
    if (from == null) {
      return UnitPlanner.filter(new PhysicalNode.SingleRow(1), block.where(), 1);
    }
    JoinGroup group = JoinGroups.of(from, block.where(), statement);
    SemiJoins.apply(group, queries);
    AlternativeConditions.apply(group, statement);
    Transitivity.apply(group, statement);
    if (ImpossibleConditions.remove(group, statement)) {
      return new PhysicalNode.Empty("Impossible WHERE", 0);
    }
    List<Expression> constant = ImpossibleConditions.takeConstant(group, statement);
    block.hints().orderJoins(group);
    BitSet outside = new BitSet();
    outside.set(0, statement.slotCount());
    outside.andNot(group.slots());
    JoinPlanner planner = new JoinPlanner(statement, queries, group, outside, block.straight());
    DesiredOrder order = desiredOrder();
    JoinPlanner.Result result = planner.plan(order);
    isOrdered = result.order() != Given.NO;
    statement.noteCost(block.number(), result.cost());
    PhysicalNode node = result.node();
    if (!constant.isEmpty()) {
      node = onlyIf(constant, node);
    }
    return edge != null && isOrdered
        ? new PhysicalNode.Limit(node, io.vaquita.expression.Literals.of(1), null, false, 1)
        : node;
  }

  /** Conditions on parameters alone are tested once, before any table is opened. */
  private static PhysicalNode onlyIf(List<Expression> constant, PhysicalNode node) {
    return new PhysicalNode.NestedLoopJoin(
        PhysicalNode.JoinKind.INNER,
        UnitPlanner.filter(new PhysicalNode.SingleRow(1), constant, 1),
        node,
        ProducedSlots.of(node),
        null,
        node.estimatedRows());
  }

  /** The column whose smallest or greatest value is all that is asked for. */
  private @Nullable Expression edge;

  private DesiredOrder desiredOrder() {
    SelectBlock.Grouping grouping = block.aggregation();
    if (grouping == null) {
      if (block.orderBy().isEmpty() || !block.windows().isEmpty()) {
        return DesiredOrder.NONE;
      }
      boolean all = block.distinct() || block.countsAllRows();
      return new DesiredOrder(block.orderBy(), false, all ? -1 : RowsWanted.guess(block.limit()));
    }
    if (grouping.groupBy().isEmpty()) {
      return edgeOrder(grouping);
    }
    return grouping.rollup() ? DesiredOrder.NONE : DesiredOrder.ofGroups(grouping.groupBy());
  }

  /** MIN or MAX alone: the first row of an index, or the last. */
  private DesiredOrder edgeOrder(SelectBlock.Grouping grouping) {
    if (grouping.calls().size() != 1 || block.from() == null) {
      return DesiredOrder.NONE;
    }
    AggregateCall call = grouping.calls().getFirst();
    boolean isMin = call.function().equals("MIN");
    if (!isMin && !call.function().equals("MAX")) {
      return DesiredOrder.NONE;
    }
    Expression argument = call.arguments().getFirst();
    if (argument.isNullable() && isMin) {
      return DesiredOrder.NONE;
    }
    edge = argument;
    return new DesiredOrder(List.of(new SortKey(argument, !isMin)), false, 1);
  }

  private PhysicalNode grouped(PhysicalNode input, SelectBlock.Grouping g) {
    PhysicalNode node = input;
    boolean together = isOrdered && !g.groupBy().isEmpty();
    if (g.rollup() && !g.groupBy().isEmpty()) {
      List<SortKey> keys = new ArrayList<>();
      for (Expression e : g.groupBy()) {
        keys.add(new SortKey(e, false));
      }
      node = QueryPlanner.sorted(input, keys, null);
      together = true;
    }
    isOrdered = false;
    double rows =
        g.groupBy().isEmpty()
            ? 1
            : Math.max(1, Math.min(node.estimatedRows(), node.estimatedRows() * 0.3));
    return new PhysicalNode.Aggregation(
        node, g.slot(), g.groupBy(), g.calls(), together, g.rollup(), rows);
  }

  private PhysicalNode window(PhysicalNode input, WindowStep step) {
    List<SortKey> keys = new ArrayList<>();
    for (Expression e : step.partitionBy()) {
      keys.add(new SortKey(e, false));
    }
    keys.addAll(step.orderBy());
    PhysicalNode sorted = QueryPlanner.sorted(input, keys, null);
    List<WindowCall> calls = new ArrayList<>();
    for (SelectBlock.WindowFunction f : step.functions()) {
      calls.add(new WindowCall(f.call(), f.frame()));
    }
    isOrdered = false;
    return new PhysicalNode.Window(
        sorted,
        step.slot(),
        step.partitionBy(),
        step.orderBy(),
        calls,
        ProducedSlots.of(sorted),
        input.estimatedRows());
  }
}
