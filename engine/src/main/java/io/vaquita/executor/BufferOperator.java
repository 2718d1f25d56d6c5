package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** Reads its whole input before it gives the first row, so that changes made per row do not disturb the search. */
final class BufferOperator extends Operator {
  private final Operator input;
  private final int[] slots;
  private final KeyBuffer noKey = new KeyBuffer();
  private @Nullable FullSorter rows;

  BufferOperator(Execution execution, PhysicalNode.Buffer node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.slots = SlotRows.toArray(node.slots());
  }

  /** Rows without keys keep their order when they are sorted, and what does not fit memory goes to a file. */
  @Override
  void open() {
    FullSorter kept = new FullSorter(execution.spilling, slots.length, execution::countRow);
    input.open();
    while (input.next()) {
      kept.add(noKey, SlotRows.take(slots, frame));
    }
    input.close();
    kept.finish();
    rows = kept;
  }

  @Override
  boolean next() {
    Row[] row = rows == null ? null : rows.next();
    if (row == null) {
      return false;
    }
    execution.countRow();
    SlotRows.put(slots, row, frame);
    return true;
  }

  @Override
  void close() {
    input.close();
    rows = null;
  }
}
