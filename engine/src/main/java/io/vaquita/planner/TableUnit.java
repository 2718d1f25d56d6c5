package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.HashJoin;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.NestedLoopJoin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A base table in a join group. Confined to one thread. */
final class TableUnit extends UnitPlanner {
  final Source.Table source;
  final TablePaths paths;
  private final ConditionShares shares;

  TableUnit(JoinPlanner join, int position, BitSet slots, Source.Table source) {
    super(join, position, slots);
    this.source = source;
    this.paths = new TablePaths(join.statement, source, join.group.conditions);
    this.shares = new ConditionShares(this, paths);
  }

  @Override
  BitSet readsOutside() {
    return Source.NOTHING;
  }

  @Override
  boolean mayBeFirst() {
    return true;
  }

  @Override
  Candidate first() {
    List<Integer> conditions = newConditions(0);
    TablePath path = cheapest(paths.all(join.outside));
    double rows = Math.max(1, rowsKept(path, conditions));
    return new Candidate(
        Method.LOOP, path, rows, path.cost() + subqueryCost(conditions, rows), Given.NO);
  }

  private static TablePath cheapest(List<TablePath> all) {
    TablePath best = all.getFirst();
    for (TablePath p : all) {
      if (p.cost() < best.cost()) {
        best = p;
      }
    }
    return best;
  }

  /** Ways to read the table first so that its rows come in the order. */
  List<Candidate> orderedFirst(DesiredOrder order) {
    List<Integer> conditions = newConditions(0);
    List<Candidate> candidates = new ArrayList<>();
    for (TablePath path : paths.all(join.outside)) {
      addOrdered(path, order, conditions, candidates);
    }
    for (IndexDefinition index : source.table.indexes()) {
      if (paths.mayScan(index)) {
        addOrdered(paths.fullScan(index), order, conditions, candidates);
      }
    }
    return candidates;
  }

  private void addOrdered(
      TablePath path, DesiredOrder order, List<Integer> conditions, List<Candidate> into) {
    Given given = order.givenBy(path, source);
    if (given != Given.NO) {
      into.add(new Candidate(Method.LOOP, path, rowsKept(path, conditions), path.cost(), given));
    }
  }

  /** Rows of one opening that meet the conditions. */
  private double rowsKept(TablePath path, List<Integer> conditions) {
    double rows = path.rowsRead() * shares.of(conditions, path.used());
    return path.isUnique() ? Math.max(rows, 0.1) : Math.max(rows, 1e-3);
  }

  @Override
  Candidate next(long mask, double leftRows) {
    List<Integer> conditions = newConditions(mask);
    TablePath loop = cheapest(paths.all(join.available(mask)));
    double loopRows = leftRows * rowsKept(loop, conditions);
    double loopCost = leftRows * loop.cost() + subqueryCost(conditions, loopRows);
    Candidate best = new Candidate(Method.LOOP, loop, loopRows, loopCost, Given.NO);
    if (loop.isUnique()) {
      return best;
    }
    Candidate kept = inMemory(leftRows, conditions);
    return kept.cost() < best.cost() ? kept : best;
  }

  private Candidate inMemory(double leftRows, List<Integer> conditions) {
    TablePath path = cheapest(paths.all(join.outside));
    List<Integer> local = new ArrayList<>();
    boolean hasKeys = false;
    List<Integer> joining = new ArrayList<>();
    for (int c : conditions) {
      if (isLocal(c)) {
        local.add(c);
      } else {
        joining.add(c);
        hasKeys |= hashKey(condition(c), slots, join.statement) != null;
      }
    }
    double share = shares.of(joining, path.used());
    double rightRows = Math.max(1, rowsKept(path, local));
    double cost =
        hasKeys
            ? Costs.hashJoin(leftRows, path.cost(), rightRows)
            : Costs.product(leftRows, path.cost(), rightRows);
    double rows = Math.max(leftRows * rightRows * share, 1e-3);
    return new Candidate(
        hasKeys ? Method.HASH : Method.PRODUCT,
        path,
        rows,
        cost + subqueryCost(conditions, hasKeys ? rows : leftRows * rightRows),
        Given.NO);
  }

  @Override
  PhysicalNode buildFirst(Candidate candidate) {
    return access(candidate, newConditions(0), candidate.rows());
  }

  @Override
  PhysicalNode build(PhysicalNode left, long mask, Candidate candidate) {
    List<Integer> conditions = newConditions(mask);
    if (candidate.method() == Method.LOOP) {
      PhysicalNode right =
          access(candidate, conditions, candidate.rows() / Math.max(1, left.estimatedRows()));
      return new NestedLoopJoin(JoinKind.INNER, left, right, slotList(), null, candidate.rows());
    }
    List<Integer> local = new ArrayList<>();
    List<Expression> leftKeys = new ArrayList<>();
    List<Expression> rightKeys = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    for (int c : conditions) {
      HashKey key = isLocal(c) ? null : hashKey(condition(c), slots, join.statement);
      if (isLocal(c)) {
        local.add(c);
      } else if (key != null) {
        leftKeys.add(key.left());
        rightKeys.add(key.right());
      } else {
        rest.add(condition(c));
      }
    }
    TablePath path = java.util.Objects.requireNonNull(candidate.path());
    return new HashJoin(
        JoinKind.INNER,
        left,
        access(candidate, local, rowsKept(path, local)),
        leftKeys,
        rightKeys,
        slotList(),
        Conjuncts.combine(rest),
        candidate.rows());
  }

  private PhysicalNode access(Candidate candidate, List<Integer> conditions, double rows) {
    TablePath path = java.util.Objects.requireNonNull(candidate.path());
    List<Expression> tested = new ArrayList<>();
    for (int c : conditions) {
      if (!path.consumed().get(c)) {
        tested.add(condition(c));
      }
    }
    join.statement.noteAccess(source, paths::possibleKeys, path.rowsRead(), rows, candidate.cost());
    return new PhysicalNode.TableAccess(
        source.slot,
        source.table,
        source.alias,
        path.index(),
        path.access(),
        path.covering(),
        candidate.given() == Given.BACKWARD,
        source.locking,
        Conjuncts.combine(tested),
        rows);
  }
}
