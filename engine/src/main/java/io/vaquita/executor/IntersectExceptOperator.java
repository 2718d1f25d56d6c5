package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT, with and without ALL. Each further input is applied to a table of counters by row, which the first input
 * fills: INTERSECT keeps the smaller count, EXCEPT the difference. Without ALL each remaining row comes once. Rows that the table
 * has no place for wait in files by the hash of their keys, those of all inputs, and are treated part by part afterwards.
 */
final class IntersectExceptOperator extends Operator {
  private static final int[] NO_SLOTS = {};

  private final PhysicalNode.SetOperation node;
  private final boolean except;
  private final RowKeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Counter> counters = new KeyTable<>();
  private final RowParts[] parts;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private List<Row> rows = new ArrayList<>();
  private boolean isFull;
  private int depth;
  private int at;
  private long bytes;
  private long left;

  /** How often a row is in the result so far, and in the input being read. */
  private static final class Counter {
    long count = 1;
    long seen;
  }

  /** Files of one part, by input. */
  private record Waiting(@Nullable TemporaryFile[] files, int depth) {}

  IntersectExceptOperator(Execution execution, PhysicalNode.SetOperation node) {
    super(execution);
    this.node = node;
    this.except = node.operator().equals("EXCEPT");
    this.keys = new RowKeyMaker(node.types());
    this.parts = new RowParts[node.inputs().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new RowParts(execution, i == 0 ? new int[] {node.slot()} : NO_SLOTS);
    }
  }

  @Override
  void open() {
    close();
    begin(0);
    for (int i = 0; i < parts.length; i++) {
      Operator operator = Operators.build(node.inputs().get(i), execution);
      operator.open();
      while (operator.next()) {
        keys.write(frame.rows[node.slot()], key);
        take(i);
      }
      operator.close();
      inputEnded(i);
    }
    queue();
  }

  private void begin(int times) {
    depth = times;
    counters.clear();
    rows = new ArrayList<>();
    bytes = 0;
    at = -1;
    left = 0;
    isFull = false;
    for (RowParts p : parts) {
      p.begin(times);
    }
  }

  /** Takes the row whose key was written, of one input. */
  private void take(int input) {
    int entry = counters.find(key);
    Counter counter = entry < 0 ? null : counters.value(entry);
    if (counter != null) {
      if (input == 0) {
        counter.count++;
      } else {
        counter.seen++;
      }
    } else if (input > 0) {
      if (isFull && parts[0].hasPart(key)) {
        parts[input].add(key, 0);
      }
    } else if (isFull) {
      parts[0].add(key, 0);
    } else {
      add();
    }
  }

  private void add() {
    counters.setValue(counters.add(key), new Counter());
    rows.add(frame.rows[node.slot()]);
    bytes += RowSpill.estimatedBytes(frame.rows[node.slot()]);
    long all = counters.estimatedBytes() + bytes;
    if (depth >= RowParts.DEPTH_MAX) {
      execution.spilling.checkMemory(all);
    } else {
      isFull = all > execution.spilling.memoryBytesMax();
    }
  }

  private void inputEnded(int input) {
    if (input == 0) {
      return;
    }
    for (int i = 0; i < counters.size(); i++) {
      Counter counter = counters.value(i);
      if (counter != null) {
        counter.count = remaining(counter);
        counter.seen = 0;
      }
    }
  }

  private long remaining(Counter counter) {
    if (!node.all()) {
      boolean kept = counter.count > 0 && (counter.seen > 0) != except;
      return kept ? 1 : 0;
    }
    return except
        ? Math.max(0, counter.count - counter.seen)
        : Math.min(counter.count, counter.seen);
  }

  private void queue() {
    if (!isFull) {
      return;
    }
    @Nullable TemporaryFile[][] byInput = new TemporaryFile[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      byInput[i] = parts[i].finish();
    }
    for (int part = 0; part < byInput[0].length; part++) {
      if (byInput[0][part] != null) {
        @Nullable TemporaryFile[] files = new TemporaryFile[parts.length];
        for (int i = 0; i < files.length; i++) {
          files[i] = byInput[i][part];
        }
        waiting.add(new Waiting(files, depth + 1));
      }
    }
  }

  /** Makes the rows of the next part that waits; false when none does. */
  private boolean nextPart() {
    Waiting next = waiting.poll();
    if (next == null) {
      return false;
    }
    begin(next.depth);
    for (int i = 0; i < parts.length; i++) {
      TemporaryFile file = next.files[i];
      TemporaryFile.Reader reader = file == null ? null : RowParts.open(file);
      while (reader != null && parts[i].next(reader, key)) {
        take(i);
      }
      inputEnded(i);
    }
    queue();
    return true;
  }

  @Override
  boolean next() {
    while (left == 0) {
      if (++at >= rows.size()) {
        if (!nextPart()) {
          at--;
          return false;
        }
        continue;
      }
      Counter counter = counters.value(at);
      left = counter == null ? 0 : node.all() ? counter.count : Math.min(1, counter.count);
    }
    left--;
    frame.rows[node.slot()] = rows.get(at);
    return true;
  }

  @Override
  void close() {
    counters.clear();
    waiting.clear();
    rows = new ArrayList<>();
    at = 0;
    left = 0;
  }
}
