package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.planner.BoundQuery.LimitClause;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.Plan.SubqueryPlan;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns bound queries into physical nodes. One for a statement; confined to one thread. */
final class QueryPlanner {
  final StatementBinding statement;

  /** The parts of WITH and of shared derived tables that have been planned, by materialization. */
  private final Map<Integer, Input> materialized = new HashMap<>();

  /** Subqueries that became joins. */
  private final BitSet joinedSubqueries = new BitSet();

  private QueryPlanner(StatementBinding statement) {
    this.statement = statement;
  }

  /** Of a statement whose tables are bound, as the process list says from now on. */
  static QueryPlanner begin(StatementBinding statement) {
    statement.context.statement().showState("statistics");
    return new QueryPlanner(statement);
  }

  private record Input(PhysicalNode node, int slot) {}

  PhysicalNode plan(BoundQuery query) {
    return switch (query) {
      case SelectBlock s -> new SelectPlanner(this, s).plan();
      case BoundQuery.SetQuery s -> setOperation(s);
      case BoundQuery.Values v ->
          limited(
              sorted(
                  new PhysicalNode.ValuesScan(v.slot(), v.types(), v.rows(), v.rows().size()),
                  v.orderBy(),
                  v.limit()),
              v.limit(),
              false);
      case BoundQuery.Recursive r -> recursive(r);
    };
  }

  /** The query's rows in {@code slot}, as {@code types}. */
  PhysicalNode.Project planInto(BoundQuery query, int slot, List<DataType> types) {
    PhysicalNode node = plan(query);
    return new PhysicalNode.Project(
        node, slot, types, expressions(query.outputs()), node.estimatedRows());
  }

  static List<Expression> expressions(List<OutputColumn> outputs) {
    List<Expression> all = new ArrayList<>(outputs.size());
    for (OutputColumn o : outputs) {
      all.add(o.expression());
    }
    return all;
  }

  private PhysicalNode setOperation(BoundQuery.SetQuery s) {
    List<PhysicalNode> inputs = new ArrayList<>();
    double rows = 0;
    for (BoundQuery input : s.inputs()) {
      PhysicalNode node = planInto(input, s.slot(), s.types());
      inputs.add(node);
      rows += node.estimatedRows();
    }
    PhysicalNode node =
        new PhysicalNode.SetOperation(s.operator(), s.all(), s.slot(), inputs, s.types(), rows);
    return limited(sorted(node, s.orderBy(), s.limit()), s.limit(), false);
  }

  private PhysicalNode recursive(BoundQuery.Recursive r) {
    PhysicalNode anchor = planInto(r.anchor(), r.slot(), r.types());
    PhysicalNode.Project recursive = planInto(r.recursive(), r.slot(), r.types());
    PhysicalNode union =
        new PhysicalNode.RecursiveUnion(
            r.slot(),
            r.workingTable(),
            r.distinct(),
            anchor,
            recursive,
            r.types(),
            r.outputs().stream().map(OutputColumn::name).toList(),
            anchor.estimatedRows() + 10 * recursive.estimatedRows());
    return limited(union, r.limit(), false);
  }

  /** A derived table; the same materialization is planned once. */
  PhysicalNode materialize(Source.Derived d) {
    Input input = materialized.get(d.materialization());
    if (input == null) {
      input = input(d);
      materialized.put(d.materialization(), input);
    }
    List<Integer> dependsOn = d.dependsOn().stream().boxed().toList();
    return new PhysicalNode.Materialize(
        input.node(),
        input.slot(),
        d.slot(),
        d.materialization(),
        dependsOn,
        input.node().estimatedRows());
  }

  private Input input(Source.Derived d) {
    return switch (d.query()) {
      case SelectBlock s -> {
        List<DataType> types = new ArrayList<>();
        for (OutputColumn o : s.outputs()) {
          types.add(ResultTypes.column(o.expression().type()));
        }
        yield new Input(planInto(s, d.inputSlot(), types), d.inputSlot());
      }
      case BoundQuery.SetQuery s -> new Input(plan(s), s.slot());
      case BoundQuery.Values v -> new Input(plan(v), v.slot());
      case BoundQuery.Recursive r -> new Input(plan(r), r.slot());
    };
  }

  static PhysicalNode sorted(PhysicalNode input, List<SortKey> keys, @Nullable LimitClause limit) {
    if (keys.isEmpty()) {
      return input;
    }
    return new PhysicalNode.Sort(
        input, keys, ProducedSlots.of(input), RowsWanted.expression(limit), input.estimatedRows());
  }

  static PhysicalNode limited(PhysicalNode input, @Nullable LimitClause limit, boolean countAll) {
    if (limit == null) {
      return input;
    }
    double wanted = RowsWanted.guess(limit);
    double rows = wanted < 0 ? input.estimatedRows() : Math.min(wanted, input.estimatedRows());
    return new PhysicalNode.Limit(input, limit.count(), limit.offset(), countAll, rows);
  }

  void becameJoin(int subquery) {
    joinedSubqueries.set(subquery);
  }

  /** The plans of all subqueries that are run while expressions are evaluated, by index. */
  List<SubqueryPlan> subqueries() {
    List<SubqueryPlan> plans = new ArrayList<>();
    for (int i = 0; i < statement.subqueryCount(); i++) {
      BoundSubquery s = statement.subquery(i);
      BoundQuery query = s.query();
      if (joinedSubqueries.get(i) || query == null) {
        plans.add(new SubqueryPlan(new PhysicalNode.Empty("joined", 0), List.of(), true));
      } else {
        plans.add(new SubqueryPlan(plan(query), s.dependsOnList(), s.isCacheable()));
      }
    }
    return plans;
  }

  /** The value of a literal number, or a negative number for anything else. */
  static double literal(@Nullable Expression e) {
    return e instanceof LiteralExpression l && l.value() instanceof Value.LongValue n
        ? n.value() < 0 ? Long.MAX_VALUE : n.value()
        : -1;
  }
}
