package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Lets the first of equal rows pass, as they come. */
final class DistinctOperator extends Operator {
  private final Operator input;
  private final KeyMaker keys;
  private final KeyBuffer key = new KeyBuffer();
  private final KeySet seen;

  DistinctOperator(Execution execution, PhysicalNode.Distinct node) {
    super(execution);
    this.input = Operators.build(node.input(), execution);
    this.keys = KeyMaker.ofValues(node.expressions());
    this.seen = new KeySet(execution);
  }

  @Override
  void open() {
    seen.clear();
    input.open();
  }

  @Override
  boolean next() {
    while (input.next()) {
      keys.write(frame, key);
      if (seen.add(key)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void close() {
    seen.clear();
    input.close();
  }
}
