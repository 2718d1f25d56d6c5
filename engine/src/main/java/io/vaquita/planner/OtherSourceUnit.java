package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.ColumnHint;
import io.vaquita.planner.physical.PhysicalNode.HashJoin;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.NestedLoopJoin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A derived table, virtual table, JSON_TABLE or working table in a join group: it has one way to be read. Confined to one thread. */
final class OtherSourceUnit extends UnitPlanner {
  private static final double VIRTUAL_ROWS = 100;
  private static final double JSON_ROWS = 5;
  private static final double WORKING_ROWS = 10;

  /** Rows that are served from memory. */
  private static final double MEMORY_ROW = 0.2;

  private final Source source;
  private @Nullable PhysicalNode node;

  OtherSourceUnit(JoinPlanner join, int position, BitSet slots, Source source) {
    super(join, position, slots);
    this.source = source;
  }

  @Override
  BitSet readsOutside() {
    return source.dependsOn();
  }

  @Override
  boolean mayBeFirst() {
    return true;
  }

  private PhysicalNode node() {
    if (node == null) {
      node =
          switch (source) {
            case Source.Derived d -> join.queries.materialize(d);
            case Source.Virtual v ->
                new PhysicalNode.VirtualTableScan(v.slot(), v.table(), hints(), null, VIRTUAL_ROWS);
            case Source.JsonTable j ->
                new PhysicalNode.JsonTableScan(j.slot(), j.document(), j.definition(), JSON_ROWS);
            case Source.Working w ->
                new PhysicalNode.WorkingTable(w.slot(), w.workingTable(), WORKING_ROWS);
            case Source.Table ignored -> throw new IllegalStateException("a base table");
          };
    }
    return node;
  }

  /** {@code column = constant}, which spares the source of a virtual table most of its rows. */
  private List<ColumnHint> hints() {
    List<ColumnHint> hints = new ArrayList<>();
    for (Expression c : join.group.conditions) {
      if (c instanceof Comparison e && e.operator() == ComparisonOperator.EQUAL) {
        addHint(e.left(), e.right(), hints);
        addHint(e.right(), e.left(), hints);
      }
    }
    return hints;
  }

  private void addHint(Expression column, Expression value, List<ColumnHint> hints) {
    if (column instanceof ColumnExpression c
        && c.slot() == source.slot()
        && Expressions.isStatementConstant(value)) {
      hints.add(new ColumnHint(c.column(), value));
    }
  }

  private double rowsKept(List<Integer> conditions) {
    double rows = node().estimatedRows();
    for (int c : conditions) {
      rows *= share(c);
    }
    return Math.max(rows, 1e-3);
  }

  private double share(int c) {
    return !isLocal(c) && hashKey(condition(c), slots, join.statement) != null
        ? 1 / Math.max(10, node().estimatedRows())
        : Selectivity.of(condition(c));
  }

  @Override
  Candidate first() {
    double rows = rowsKept(newConditions(0));
    return new Candidate(Method.LOOP, null, rows, node().estimatedRows(), Given.NO);
  }

  @Override
  Candidate next(long mask, double leftRows) {
    List<Integer> conditions = newConditions(mask);
    double own = node().estimatedRows();
    double rows = Math.max(leftRows * rowsKept(conditions), 1e-3);
    if (readsSiblings()) {
      return new Candidate(Method.LOOP, null, rows, leftRows * (own + 1), Given.NO);
    }
    boolean hasKeys = false;
    for (int c : conditions) {
      hasKeys |= !isLocal(c) && hashKey(condition(c), slots, join.statement) != null;
    }
    double cost = hasKeys ? Costs.hashJoin(leftRows, own, own) : own + leftRows * own * MEMORY_ROW;
    return new Candidate(hasKeys ? Method.HASH : Method.LOOP, null, rows, cost, Given.NO);
  }

  private boolean readsSiblings() {
    return source.dependsOn().intersects(join.group.slots());
  }

  @Override
  PhysicalNode buildFirst(Candidate candidate) {
    return filter(node(), all(newConditions(0)), candidate.rows());
  }

  private List<Expression> all(List<Integer> conditions) {
    List<Expression> all = new ArrayList<>();
    for (int c : conditions) {
      all.add(condition(c));
    }
    return all;
  }

  @Override
  PhysicalNode build(PhysicalNode left, long mask, Candidate candidate) {
    List<Integer> conditions = newConditions(mask);
    if (candidate.method() == Method.LOOP) {
      PhysicalNode right =
          filter(node(), all(conditions), candidate.rows() / Math.max(1, left.estimatedRows()));
      return new NestedLoopJoin(JoinKind.INNER, left, right, slotList(), null, candidate.rows());
    }
    List<Expression> local = new ArrayList<>();
    List<Expression> leftKeys = new ArrayList<>();
    List<Expression> rightKeys = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    for (int c : conditions) {
      HashKey key = isLocal(c) ? null : hashKey(condition(c), slots, join.statement);
      if (isLocal(c)) {
        local.add(condition(c));
      } else if (key != null) {
        leftKeys.add(key.left());
        rightKeys.add(key.right());
      } else {
        rest.add(condition(c));
      }
    }
    return new HashJoin(
        JoinKind.INNER,
        left,
        filter(node(), local, node().estimatedRows()),
        leftKeys,
        rightKeys,
        slotList(),
        Conjuncts.combine(rest),
        candidate.rows());
  }
}
