package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;

/** Serves the rows of a derived table, which the first use in a statement makes. */
final class MaterializeOperator extends Operator {
  private final PhysicalNode.Materialize node;
  private final int[] dependsOn;
  private RowList rows = new RowList();
  private int at;

  MaterializeOperator(Execution execution, PhysicalNode.Materialize node) {
    super(execution);
    this.node = node;
    this.dependsOn = SlotRows.toArray(node.dependsOn());
  }

  @Override
  void open() {
    MaterializedRows kept = execution.materialization(node.materialization());
    RowList present = kept.rows;
    if (present == null || !isCurrent(kept.madeWith)) {
      Row[] madeWith = SlotRows.take(dependsOn, frame);
      present = readInput();
      kept.rows = present;
      kept.madeWith = madeWith;
    }
    rows = present;
    at = 0;
  }

  @SuppressWarnings("ReferenceEquality") // rows are immutable: the same object is the same row, and another one costs only a new run
  private boolean isCurrent(Row[] madeWith) {
    for (int i = 0; i < dependsOn.length; i++) {
      if (frame.rows[dependsOn[i]] != madeWith[i]) {
        return false;
      }
    }
    return true;
  }

  private RowList readInput() {
    Operator input = Operators.build(node.input(), execution);
    RowList read = new RowList();
    input.open();
    while (input.next()) {
      read.add(frame.rows[node.inputSlot()]);
    }
    input.close();
    return read;
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
