package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first of rows with equal keys pass. Once the keys fill their share of memory, rows with keys that are not among them wait in
 * files until the input has ended; they then come in the order in which they arrived, so that an order of the input lasts. Confined
 * to one operator.
 */
final class DistinctFilter {
  private final Execution execution;
  private final int[] slots;
  private final KeyTable<Object> seen = new KeyTable<>();
  private final RowParts parts;
  private final KeyBuffer key = new KeyBuffer();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean isFull;
  private long arrived;
  private @Nullable FullSorter late;

  private record Waiting(TemporaryFile file, int depth) {}

  /** @param slots whose rows make up a row */
  DistinctFilter(Execution execution, int[] slots) {
    this.execution = execution;
    this.slots = slots;
    this.parts = new RowParts(execution, slots);
  }

  /** Whether the frame's rows, whose key this is, pass now. */
  boolean passes(KeyBuffer rowKey) {
    arrived++;
    if (seen.find(rowKey) >= 0) {
      return false;
    }
    if (!isFull && seen.estimatedBytes() <= execution.spilling.memoryBytesMax()) {
      seen.add(rowKey);
      return true;
    }
    if (!isFull) {
      isFull = true;
      parts.begin(0);
    }
    parts.add(rowKey, arrived);
    return false;
  }

  /** After the end of the input: the next of the rows that waited, into the frame. */
  boolean nextLate() {
    if (!isFull) {
      return false;
    }
    FullSorter sorter = late;
    if (sorter == null) {
      sorter = new FullSorter(execution.spilling, slots.length, execution::countRow);
      gather(sorter);
      sorter.finish();
      late = sorter;
    }
    Row[] rows = sorter.next();
    if (rows == null) {
      return false;
    }
    SlotRows.put(slots, rows, execution.frame);
    return true;
  }

  private void gather(FullSorter sorter) {
    queue(1);
    KeyBuffer order = new KeyBuffer();
    for (Waiting w = waiting.poll(); w != null; w = waiting.poll()) {
      seen.clear();
      parts.begin(w.depth);
      boolean full = false;
      TemporaryFile.Reader reader = RowParts.open(w.file);
      while (parts.next(reader, key)) {
        if (seen.find(key) < 0) {
          full |= isFull(w.depth);
          if (full) {
            parts.add(key, parts.number());
          } else {
            seen.add(key);
            order.clear();
            order.putNumber(parts.number());
            sorter.add(order, SlotRows.take(slots, execution.frame));
          }
        }
      }
      queue(w.depth + 1);
    }
    seen.clear();
  }

  private boolean isFull(int depth) {
    if (depth >= RowParts.DEPTH_MAX) {
      execution.spilling.checkMemory(seen.estimatedBytes());
      return false;
    }
    return seen.estimatedBytes() > execution.spilling.memoryBytesMax();
  }

  private void queue(int depth) {
    for (TemporaryFile file : parts.finish()) {
      if (file != null) {
        waiting.add(new Waiting(file, depth));
      }
    }
  }

  void clear() {
    seen.clear();
    waiting.clear();
    isFull = false;
    arrived = 0;
    late = null;
  }
}
