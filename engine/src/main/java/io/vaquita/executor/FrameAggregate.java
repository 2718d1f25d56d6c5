package io.vaquita.executor;

import io.vaquita.expression.aggregate.Accumulator;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Value;

/**
 * An aggregate over a window's frame. While the frame only grows at its end, as with the default one, rows are added to the running
 * result; when its start moves, it is computed anew.
 */
final class FrameAggregate implements WindowFunction {
  private final PhysicalNode.AggregateCall call;
  private final FrameBounds bounds;
  private final int column;
  private final Accumulator accumulator;

  FrameAggregate(PhysicalNode.AggregateCall call, FrameBounds bounds, int column) {
    this.call = call;
    this.bounds = bounds;
    this.column = column;
    this.accumulator = AggregationOperators.accumulator(call);
  }

  @Override
  public void compute(WindowPartition p) {
    bounds.begin(p);
    accumulator.reset();
    int start = 0;
    int end = 0;
    Value result = null;
    for (int i = 0; i < p.size(); i++) {
      bounds.move(i);
      if (bounds.start != start || bounds.end < end) {
        accumulator.reset();
        start = bounds.start;
        end = start;
        result = null;
      }
      for (; end < bounds.end; end++) {
        p.restore(end);
        accumulator.add(p.frame);
        result = null;
      }
      if (result == null) {
        result = accumulator.result(p.frame);
      }
      RowMaker.set(p.result(i), column, call.type(), result, p.frame);
    }
  }
}
