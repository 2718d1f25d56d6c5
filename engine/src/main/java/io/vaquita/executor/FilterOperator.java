package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.PhysicalNode;

/** Rows of its input that meet a condition. */
final class FilterOperator extends Operator {
  private final Operator input;
  private final Expression condition;

  FilterOperator(Execution execution, PhysicalNode.Filter node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.condition = node.condition();
  }

  @Override
  void open() {
    input.open();
  }

  @Override
  boolean next() {
    while (input.next()) {
      if (condition.evaluateBoolean(frame)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void close() {
    input.close();
  }
}
