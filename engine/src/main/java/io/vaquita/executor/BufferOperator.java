package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Reads its whole input before it gives the first row, so that changes made per row do not disturb the search. */
final class BufferOperator extends Operator {
  private final Operator input;
  private final SlotRows rows;
  private int at;

  BufferOperator(Execution execution, PhysicalNode.Buffer node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.rows = new SlotRows(node.slots());
  }

  @Override
  void open() {
    rows.clear();
    input.open();
    while (input.next()) {
      rows.add(frame);
    }
    input.close();
    at = 0;
  }

  @Override
  boolean next() {
    if (at >= rows.size()) {
      return false;
    }
    rows.restore(at++, frame);
    return true;
  }

  @Override
  void close() {
    rows.clear();
    at = 0;
  }
}
