package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** Serves the rows of a derived table, which the first use in a statement makes. */
final class MaterializeOperator extends Operator {
  private final PhysicalNode.Materialize node;
  private final int[] dependsOn;
  private RowList.@Nullable Reader reader;

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
    reader = present.reader();
  }

  @SuppressWarnings(
      "ReferenceEquality") // rows are immutable: the same object is the same row, and another one
  // costs only a new run
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
    RowList read = new RowList(execution);
    input.open();
    while (input.next()) {
      read.add(frame.rows[node.inputSlot()]);
    }
    input.close();
    return read;
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
