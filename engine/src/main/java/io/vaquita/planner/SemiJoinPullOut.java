package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.InSubquery;
import io.vaquita.expression.operator.Operators;
import io.vaquita.planner.JoinGroup.NestedUnit;
import io.vaquita.planner.JoinGroup.SourceUnit;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.value.DataType;
import java.util.BitSet;
import java.util.List;

/**
 * Rewrite rule: a semi-join that can give each row only once is an inner join, which may then be joined in any order. So it is when the
 * inner table is found by a unique key, and when the subquery's distinct values are made first (worth it when they are few and find
 * the outer rows by an index). Stateless.
 */
final class SemiJoinPullOut {
  /** The outer table must have so many times more rows than the subquery. */
  private static final double FEWER = 4;

  private SemiJoinPullOut() {}

  static boolean isUnique(NestedUnit unit, StatementBinding statement) {
    if (unit.kind() != JoinTree.Kind.SEMI
        || unit.group().units.size() != 1
        || !(unit.group().units.getFirst() instanceof SourceUnit(Source.Table t))) {
      return false;
    }
    List<ColumnIntervals> found =
        new IntervalFinder(statement, t.table, t.slot).find(unit.conditions());
    for (IndexDefinition index : t.table.indexes()) {
      if (index.unique() && !index.parts().isEmpty() && isFixed(index, found)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFixed(IndexDefinition index, List<ColumnIntervals> found) {
    for (IndexDefinition.Part part : index.parts()) {
      boolean fixed = false;
      for (ColumnIntervals c : found) {
        fixed |=
            c.column() == part.column()
                && part.prefixLength() == 0
                && c.isPoint()
                && c.exact()
                && !c.intervals().getFirst().nullSafe();
      }
      if (!fixed) {
        return false;
      }
    }
    return true;
  }

  static void intoGroup(NestedUnit unit, JoinGroup group) {
    group.add(unit.group().units.getFirst(), new BitSet(0));
    group.conditions.addAll(unit.group().conditions);
    group.conditions.addAll(unit.conditions());
  }

  /** Whether few values of the subquery would find rows of a large outer table. */
  static boolean drives(InSubquery in, NestedUnit unit, JoinGroup group, QueryPlanner queries) {
    BoundSubquery subquery = queries.statement.subquery(in.index());
    if (!subquery.dependsOn().isEmpty()
        || !(in.comparison() instanceof Comparison c)
        || !(c.left() instanceof ColumnExpression outer)
        || !isOneType(c.left().type(), c.right().type())
        || unit.kind() != JoinTree.Kind.SEMI) {
      return false;
    }
    for (JoinGroup.Unit u : group.units) {
      if (u instanceof SourceUnit(Source.Table t)
          && t.slot == outer.slot()
          && leadsAnIndex(t, outer.column())) {
        double outerRows = queries.statement.context.statistics().rowCount(t.table);
        BoundQuery query = java.util.Objects.requireNonNull(subquery.query());
        return outerRows > FEWER * queries.plan(query).estimatedRows();
      }
    }
    return false;
  }

  private static boolean isOneType(DataType a, DataType b) {
    return a.kind() == b.kind()
        && a.unsigned() == b.unsigned()
        && a.decimals() == b.decimals()
        && a.collation().equals(b.collation());
  }

  private static boolean leadsAnIndex(Source.Table t, int column) {
    for (IndexDefinition index : t.table.indexes()) {
      if (!index.parts().isEmpty() && index.parts().getFirst().column() == column) {
        return true;
      }
    }
    return false;
  }

  /** Whether the values of any kind of subquery may be made first: it reads nothing from outside, and equality means the same. */
  static boolean canMaterialize(InSubquery in, StatementBinding statement) {
    BoundSubquery subquery = statement.subquery(in.index());
    return subquery.query() != null
        && !(subquery.query() instanceof SelectBlock s && s.hints().has("NO_SEMIJOIN"))
        && subquery.dependsOn().isEmpty()
        && subquery.isCacheable()
        && in.comparison() instanceof Comparison c
        && isOneType(c.left().type(), c.right().type())
        && !SlotSets.of(c.left(), statement).isEmpty()
        && !io.vaquita.expression.Expressions.containsSubquery(c.left());
  }

  /** Joins a materialized table of the subquery's distinct values. */
  static void materialized(InSubquery in, JoinGroup group, QueryPlanner queries) {
    StatementBinding statement = queries.statement;
    BoundQuery query = statement.subquery(in.index()).query();
    if (query == null || !(in.comparison() instanceof Comparison c)) {
      throw new IllegalStateException("no plain IN");
    }
    queries.becameJoin(in.index());
    OutputColumn output = query.outputs().getFirst();
    Source.Derived all =
        query instanceof SelectBlock s && isUngrouped(s) ? null : derived(query, 1, statement);
    SelectBlock distinct =
        all == null
            ? distinctOf((SelectBlock) query)
            : distinctOf(
                new JoinTree.Leaf(all),
                List.of(column(all.slot(), output)),
                statement.newBlock("MATERIALIZED"));
    Source.Derived values = derived(distinct, distinct.number(), statement);
    group.add(new SourceUnit(values), new BitSet(0));
    group.conditions.add(
        Operators.compare(
            ComparisonOperator.EQUAL,
            c.left(),
            column(values.slot(), output).expression(),
            statement.context.settings()));
  }

  private static boolean isUngrouped(SelectBlock s) {
    return s.aggregation() == null
        && s.windows().isEmpty()
        && s.limit() == null
        && s.having().isEmpty();
  }

  private static SelectBlock distinctOf(SelectBlock s) {
    return new SelectBlock(
        s.number(),
        s.from(),
        s.where(),
        null,
        List.of(),
        List.of(),
        true,
        s.outputs(),
        List.of(),
        null,
        s.straight(),
        false,
        s.hints());
  }

  private static SelectBlock distinctOf(JoinTree from, List<OutputColumn> outputs, int number) {
    return new SelectBlock(
        number,
        from,
        List.of(),
        null,
        List.of(),
        List.of(),
        true,
        outputs,
        List.of(),
        null,
        false,
        false,
        BlockHints.NONE);
  }

  private static Source.Derived derived(BoundQuery query, int block, StatementBinding statement) {
    int inputSlot = statement.newSlot(block, "<subquery>");
    int slot = statement.newSlot(block, "<subquery>");
    return new Source.Derived(
        slot,
        "<subquery" + block + ">",
        inputSlot,
        statement.newMaterialization(),
        query,
        new BitSet(0));
  }

  private static OutputColumn column(int slot, OutputColumn of) {
    return QueryBinder.slotColumn(
        slot,
        0,
        ResultTypes.column(of.expression().type()),
        of.expression().isNullable(),
        "<subquery>");
  }
}
