package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** The rows of the previous round of a recursion. */
final class WorkingTableOperator extends Operator {
  private final PhysicalNode.WorkingTable node;
  private RowList.@Nullable Reader reader;

  WorkingTableOperator(Execution execution, PhysicalNode.WorkingTable node) {
    super(execution);
    this.node = node;
  }

  @Override
  void open() {
    reader = execution.workingTable(node.workingTable()).reader();
  }

  @Override
  boolean next() {
    Row row = reader == null ? null : reader.next();
    if (row == null) {
      return false;
    }
    execution.countRow();
    frame.rows[node.slot()] = row;
    return true;
  }

  @Override
  void close() {
    reader = null;
  }
}
