package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** The rows of the previous round of a recursion. */
final class WorkingTableOperator extends Operator {
  private final PhysicalNode.WorkingTable node;
  private RowList rows = new RowList();
  private int at;

  WorkingTableOperator(Execution execution, PhysicalNode.WorkingTable node) {
    super(execution);
    this.node = node;
  }

  @Override
  void open() {
    rows = execution.workingTable(node.workingTable());
    at = 0;
  }

  @Override
  boolean next() {
    if (at >= rows.size()) {
      return false;
    }
    execution.countRow();
    frame.rows[node.slot()] = rows.get(at++);
    return true;
  }

  @Override
  void close() {}
}
