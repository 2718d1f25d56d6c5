package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.OrderKey;
import io.vaquita.expression.aggregate.Accumulator;
import io.vaquita.expression.aggregate.Accumulators;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.DataType;
import io.vaquita.value.ValueRow;
import java.util.ArrayList;
import java.util.List;

/** Makes the operator of an aggregation, and what its kinds have in common. Stateless. */
final class AggregationOperators {
  private AggregationOperators() {}

  static Operator build(Execution execution, PhysicalNode.Aggregation node) {
    if (node.groupBy().isEmpty() || node.inputIsOrdered() || node.rollup()) {
      return new StreamingAggregationOperator(execution, node);
    }
    execution.context.counters().temporaryTables++;
    return new HashAggregationOperator(execution, node);
  }

  static Accumulator[] accumulators(List<PhysicalNode.AggregateCall> calls) {
    Accumulator[] accumulators = new Accumulator[calls.size()];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = accumulator(calls.get(i));
    }
    return accumulators;
  }

  static Accumulator accumulator(PhysicalNode.AggregateCall call) {
    List<OrderKey> orderBy = new ArrayList<>();
    for (PhysicalNode.SortKey key : call.orderBy()) {
      orderBy.add(new OrderKey(key.expression(), key.descending()));
    }
    return Accumulators.create(
        call.function(), call.distinct(), call.arguments(), orderBy, call.separator(), call.type());
  }

  static RowMaker groupMaker(PhysicalNode.Aggregation node) {
    List<DataType> types = new ArrayList<>();
    for (Expression e : node.groupBy()) {
      types.add(e.type());
    }
    return new RowMaker(types, node.groupBy());
  }

  /** Columns of the slot's row. */
  static int width(PhysicalNode.Aggregation node) {
    return node.groupBy().size() + node.aggregates().size() + (node.rollup() ? 1 : 0);
  }

  static void setResults(
      ValueRow row, PhysicalNode.Aggregation node, Accumulator[] accumulators, Frame frame) {
    int first = node.groupBy().size() + (node.rollup() ? 1 : 0);
    for (int i = 0; i < accumulators.length; i++) {
      RowMaker.set(
          row, first + i, node.aggregates().get(i).type(), accumulators[i].result(frame), frame);
    }
  }
}
