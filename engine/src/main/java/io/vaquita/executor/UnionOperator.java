package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/** UNION and UNION ALL: one input after the other; without ALL the first of equal rows. */
final class UnionOperator extends Operator {
  private final PhysicalNode.SetOperation node;
  private final RowKeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final @Nullable DistinctFilter distinct;
  private @Nullable Operator current;
  private int at;

  UnionOperator(Execution execution, PhysicalNode.SetOperation node) {
    super(execution);
    this.node = node;
    this.keys = new RowKeyMaker(node.types());
    this.distinct = node.all() ? null : new DistinctFilter(execution, new int[] {node.slot()});
  }

  @Override
  void open() {
    close();
    at = 0;
  }

  @Override
  boolean next() {
    while (true) {
      if (current == null) {
        if (at >= node.inputs().size()) {
          return distinct != null && distinct.nextLate();
        }
        current = Operators.build(node.inputs().get(at++), execution);
        current.open();
      }
      while (current.next()) {
        if (distinct == null) {
          return true;
        }
        keys.write(frame.rows[node.slot()], key);
        if (distinct.passes(key)) {
          return true;
        }
      }
      current.close();
      current = null;
    }
  }

  @Override
  void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (distinct != null) {
      distinct.clear();
    }
  }
}
