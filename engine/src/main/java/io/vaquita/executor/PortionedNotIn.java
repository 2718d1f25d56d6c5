package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * NOT IN whose right side does not fit in memory. The left rows wait while the right ones pass by, as many at a time as fit; a left row
 * that fails against one portion is out. Confined to one operator.
 */
final class PortionedNotIn {
  private final Execution execution;
  private final JoinTable table;
  private final FrameRows left;
  private final BooleanSupplier passes;
  private final BitSet failed = new BitSet();
  private int at;

  /**
   * @param passes whether the frame's left row passes against what the table holds
   */
  PortionedNotIn(
      Execution execution, PhysicalNode.HashJoin node, JoinTable table, BooleanSupplier passes) {
    this.execution = execution;
    this.table = table;
    this.passes = passes;
    this.left = new FrameRows(execution, PlanWalk.producedSlots(node.left()).stream().toArray());
  }

  /** Compares everything; {@code input} is read to its end. */
  void run(Operator input) {
    input.open();
    while (input.next()) {
      left.add();
    }
    input.close();
    left.finish();
    compareAll();
    while (table.hasMore()) {
      table.fillOn();
      compareAll();
    }
  }

  private void compareAll() {
    for (int i = failed.nextClearBit(0); i < left.size(); i = failed.nextClearBit(i + 1)) {
      execution.countRow();
      left.restore(i);
      if (!passes.getAsBoolean()) {
        failed.set(i);
      }
    }
  }

  /** The next row that passed, into the frame. */
  boolean next() {
    at = failed.nextClearBit(at);
    if (at >= left.size()) {
      return false;
    }
    left.restore(at++);
    return true;
  }
}
