package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/** Window functions: gathers one partition at a time, computes each function for all its rows, gives the rows on. */
final class WindowOperator extends Operator {
  private final PhysicalNode.Window node;
  private final Operator input;
  private final KeyMaker partitionKey;
  private final KeyBuffer key = new KeyBuffer();
  private final int[] slots;
  private final WindowFunction[] functions;
  private WindowPartition partition;

  /** The first row of the next partition, which was read to see that the present one ends. */
  private Row @Nullable [] ahead;

  private byte[] partitionOf = {};
  private int at;
  private boolean ended;

  WindowOperator(Execution execution, PhysicalNode.Window node) {
    super(execution);
    this.node = node;
    this.input = Operators.build(node.input(), execution);
    this.partitionKey = KeyMaker.ofValues(node.partitionBy());
    this.slots = SlotRows.toArray(node.slots());
    this.functions = new WindowFunction[node.functions().size()];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = WindowFunctions.build(node, node.functions().get(i), i);
    }
    this.partition = new WindowPartition(execution, node, slots);
  }

  @Override
  void open() {
    partition = new WindowPartition(execution, node, slots);
    ahead = null;
    at = 0;
    ended = false;
    input.open();
  }

  @Override
  boolean next() {
    if (at >= partition.size() && !readPartition()) {
      return false;
    }
    partition.restore(at++);
    frame.rows[node.slot()] = partition.nextResult();
    return true;
  }

  private boolean readPartition() {
    if (ended) {
      return false;
    }
    WindowPartition read = new WindowPartition(execution, node, slots);
    if (ahead != null) {
      SlotRows.put(slots, ahead, frame);
      read.add();
      ahead = null;
    }
    while (true) {
      if (!input.next()) {
        ended = true;
        break;
      }
      partitionKey.write(frame, key);
      if (read.size() > 0 && !key.isEqualTo(partitionOf)) {
        partitionOf = key.toBytes();
        ahead = SlotRows.take(slots, frame);
        break;
      }
      if (read.size() == 0) {
        partitionOf = key.toBytes();
      }
      read.add();
    }
    partition = read;
    at = 0;
    if (read.size() == 0) {
      return false;
    }
    read.finish();
    for (WindowFunction f : functions) {
      read.compute(f);
    }
    return true;
  }

  @Override
  void close() {
    input.close();
    partition = new WindowPartition(execution, node, slots);
    at = 0;
    ended = true;
  }
}
