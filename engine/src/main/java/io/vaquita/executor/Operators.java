package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Makes the operators of a plan. Stateless. */
final class Operators {
  private Operators() {}

  static Operator build(PhysicalNode node, Execution execution) {
    PlanMeasures measures = execution.measures;
    return measures == null ? make(node, execution) : measures.measured(node, execution);
  }

  /** The operator itself, not measured (its inputs are, where the statement is). */
  static Operator make(PhysicalNode node, Execution execution) {
    return switch (node) {
      case PhysicalNode.SingleRow ignored -> new SingleRowOperator(execution);
      case PhysicalNode.Empty ignored -> new EmptyOperator(execution);
      case PhysicalNode.TableAccess n -> TableAccessOperators.build(execution, n);
      case PhysicalNode.VirtualTableScan n -> new VirtualTableScanOperator(execution, n);
      case PhysicalNode.ValuesScan n -> new ValuesOperator(execution, n);
      case PhysicalNode.Filter n -> new FilterOperator(execution, n);
      case PhysicalNode.Buffer n -> new BufferOperator(execution, n);
      case PhysicalNode.Project n -> new ProjectOperator(execution, n);
      case PhysicalNode.Limit n -> new LimitOperator(execution, n);
      case PhysicalNode.Sort n -> new SortOperator(execution, n);
      case PhysicalNode.NestedLoopJoin n -> new NestedLoopJoinOperator(execution, n);
      case PhysicalNode.HashJoin n -> new HashJoinOperator(execution, n);
      case PhysicalNode.Aggregation n -> AggregationOperators.build(execution, n);
      case PhysicalNode.Window n -> new WindowOperator(execution, n);
      case PhysicalNode.Distinct n -> {
        execution.context.counters().temporaryTables++;
        yield new DistinctOperator(execution, n);
      }
      case PhysicalNode.SetOperation n -> SetOperators.build(execution, n);
      case PhysicalNode.Materialize n -> {
        execution.context.counters().temporaryTables++;
        yield new MaterializeOperator(execution, n);
      }
      case PhysicalNode.RecursiveUnion n -> new RecursiveUnionOperator(execution, n);
      case PhysicalNode.WorkingTable n -> new WorkingTableOperator(execution, n);
      case PhysicalNode.JsonTableScan n -> new JsonTableOperator(execution, n);
    };
  }
}
