package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Evaluates expressions over its input's rows into rows of a slot of its own. */
final class ProjectOperator extends Operator {
  private final Operator input;
  private final int slot;
  private final RowMaker maker;

  ProjectOperator(Execution execution, PhysicalNode.Project node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.slot = node.slot();
    this.maker = new RowMaker(node.types(), node.expressions());
  }

  @Override
  void open() {
    input.open();
  }

  @Override
  boolean next() {
    if (!input.next()) {
      return false;
    }
    frame.rows[slot] = maker.make(frame);
    return true;
  }

  @Override
  void close() {
    input.close();
  }
}
