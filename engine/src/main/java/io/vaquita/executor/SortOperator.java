package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** ORDER BY. With a small LIMIT only so many rows are ever kept. */
final class SortOperator extends Operator {
  /** Beyond it a heap is slower than sorting, and would have no bound in bytes. */
  private static final long HEAP_ROWS_MAX = 10_000;

  /** Sorts of fewer rows are over before anybody can look at the process list, and cost nothing there. */
  private static final long SHOWN_FROM_ROWS = 1000;

  private final PhysicalNode.Sort node;
  private final Operator input;
  private final KeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final int[] slots;
  private @Nullable Sorter sorter;

  SortOperator(Execution execution, PhysicalNode.Sort node) {
    super(execution);
    this.node = node;
    this.input = Operators.build(node.input(), execution);
    this.keys = KeyMaker.ofSortKeys(node.keys());
    this.slots = SlotRows.toArray(node.slots());
  }

  @Override
  void open() {
    long limit = LimitOperator.evaluate(node.limit(), frame, Long.MAX_VALUE);
    Sorter target =
        limit <= HEAP_ROWS_MAX
            ? new TopSorter((int) limit)
            : new FullSorter(execution.spilling, slots.length, execution::countRow);
    input.open();
    long rows = 0;
    String before = "";
    while (input.next()) {
      if (++rows == SHOWN_FROM_ROWS) {
        before = execution.statement.showState("Creating sort index");
      }
      keys.write(frame, key);
      if (!target.refuses(key)) {
        target.add(key, SlotRows.take(slots, frame));
      }
    }
    input.close();
    target.finish();
    if (rows >= SHOWN_FROM_ROWS) {
      execution.statement.showState(before);
    }
    RowCounters counters = execution.context.counters();
    counters.sorts++;
    counters.sortedRows += Math.min(rows, limit);
    counters.sortMerges += target instanceof FullSorter full && full.usesFile() ? 1 : 0;
    sorter = target;
  }

  @Override
  boolean next() {
    Row[] rows = sorter == null ? null : sorter.next();
    if (rows == null) {
      return false;
    }
    SlotRows.put(slots, rows, frame);
    return true;
  }

  @Override
  void close() {
    input.close();
    sorter = null;
  }
}
