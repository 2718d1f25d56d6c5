package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * INTERSECT and EXCEPT, with and without ALL. Each further input is applied to a table of counters by row, which the first input
 * fills: INTERSECT keeps the smaller count, EXCEPT the difference. Without ALL each remaining row comes once.
 */
final class IntersectExceptOperator extends Operator {
  private final PhysicalNode.SetOperation node;
  private final boolean except;
  private final RowKeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Counter> counters = new KeyTable<>();
  private List<Row> rows = new ArrayList<>();
  private int at;
  private long bytes;
  private long left;

  /** How often a row is in the result so far, and in the input being read. */
  private static final class Counter {
    long count = 1;
    long seen;
  }

  IntersectExceptOperator(Execution execution, PhysicalNode.SetOperation node) {
    super(execution);
    this.node = node;
    this.except = node.operator().equals("EXCEPT");
    this.keys = new RowKeyMaker(node.types());
  }

  @Override
  void open() {
    counters.clear();
    rows = new ArrayList<>();
    List<PhysicalNode> inputs = node.inputs();
    readFirst(inputs.getFirst());
    for (PhysicalNode input : inputs.subList(1, inputs.size())) {
      apply(input);
    }
    at = -1;
    left = 0;
  }

  private void readFirst(PhysicalNode input) {
    Operator operator = Operators.build(input, execution);
    operator.open();
    while (operator.next()) {
      keys.write(frame.rows[node.slot()], key);
      int entry = counters.find(key);
      Counter counter = entry < 0 ? null : counters.value(entry);
      if (counter != null) {
        counter.count++;
      } else {
        counters.setValue(counters.add(key), new Counter());
        rows.add(frame.rows[node.slot()]);
        bytes += RowSpill.estimatedBytes(frame.rows[node.slot()]);
        execution.spilling.checkMemory(counters.estimatedBytes() + bytes);
      }
    }
    operator.close();
  }

  private void apply(PhysicalNode input) {
    Operator operator = Operators.build(input, execution);
    operator.open();
    while (operator.next()) {
      keys.write(frame.rows[node.slot()], key);
      int entry = counters.find(key);
      Counter counter = entry < 0 ? null : counters.value(entry);
      if (counter != null) {
        counter.seen++;
      }
    }
    operator.close();
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

  @Override
  boolean next() {
    while (left == 0) {
      if (++at >= rows.size()) {
        return false;
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
    rows = new ArrayList<>();
    at = 0;
    left = 0;
  }
}
