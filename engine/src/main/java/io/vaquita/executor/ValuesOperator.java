package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** The rows of VALUES, evaluated one by one. */
final class ValuesOperator extends Operator {
  private final PhysicalNode.ValuesScan node;
  private int at;

  ValuesOperator(Execution execution, PhysicalNode.ValuesScan node) {
    super(execution);
    this.node = node;
  }

  @Override
  void open() {
    at = 0;
  }

  @Override
  boolean next() {
    if (at >= node.rows().size()) {
      return false;
    }
    execution.countRow();
    frame.rows[node.slot()] = new RowMaker(node.types(), node.rows().get(at++)).make(frame);
    return true;
  }

  @Override
  void close() {}
}
