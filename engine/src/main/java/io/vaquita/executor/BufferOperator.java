package io.vaquita.executor;

import io.vaquita.expression.NullRow;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads its whole input before it gives the first row, so that changes made per row do not disturb the search. What does not fit memory
 * goes to a file.
 */
final class BufferOperator extends Operator {
  private static final byte[] NO_KEY = {};

  private final Operator input;
  private final int[] slots;
  private ArrayList<Row[]> rows = new ArrayList<>();
  private int at;
  private long bytes;

  /** For the rows behind those in memory. */
  private final RowSpill spill;

  private @Nullable TemporaryFile file;
  private TemporaryFile.@Nullable Reader rest;

  BufferOperator(Execution execution, PhysicalNode.Buffer node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.slots = SlotRows.toArray(node.slots());
    this.spill = new RowSpill(slots.length);
  }

  @Override
  void open() {
    forget();
    input.open();
    while (input.next()) {
      add(SlotRows.take(slots, frame));
    }
    input.close();
    TemporaryFile target = file;
    if (target != null) {
      target.flush();
      rest = target.read(0, target.position());
    }
  }

  private void add(Row[] row) {
    TemporaryFile target = file;
    if (target == null) {
      bytes += RowSpill.estimatedBytes(row);
      if (bytes <= execution.spilling.memoryBytesMax()) {
        rows.add(row);
        return;
      }
      target = execution.spilling.newFile();
      file = target;
    }
    spill.append(target, NO_KEY, 0, row);
  }

  @Override
  boolean next() {
    // The row before may be large, and so may be the next one.
    for (int slot : slots) {
      frame.rows[slot] = NullRow.INSTANCE;
    }
    Row[] row = take();
    if (row == null) {
      return false;
    }
    execution.countRow();
    SlotRows.put(slots, row, frame);
    return true;
  }

  private Row @Nullable [] take() {
    if (at < rows.size()) {
      return rows.set(at++, NO_ROWS);
    }
    return rest != null && rest.next() ? spill.read(rest.second) : null;
  }

  private static final Row[] NO_ROWS = {};

  @Override
  void close() {
    input.close();
    forget();
  }

  private void forget() {
    rows = new ArrayList<>();
    at = 0;
    bytes = 0;
    file = null;
    rest = null;
  }
}
