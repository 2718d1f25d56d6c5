package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Lets the first of equal rows pass, as they come; those that memory has no place for come last. */
final class DistinctOperator extends Operator {
  private final Operator input;
  private final KeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final DistinctFilter distinct;

  DistinctOperator(Execution execution, PhysicalNode.Distinct node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.keys = KeyMaker.ofValues(node.expressions());
    this.distinct = new DistinctFilter(execution, SlotRows.toArray(node.slots()));
  }

  @Override
  void open() {
    distinct.clear();
    input.open();
  }

  @Override
  boolean next() {
    while (input.next()) {
      keys.write(frame, key);
      if (distinct.passes(key)) {
        return true;
      }
    }
    return distinct.nextLate();
  }

  @Override
  void close() {
    distinct.clear();
    input.close();
  }
}
