package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Makes the operator of a table access. Stateless. */
final class TableAccessOperators {
  private TableAccessOperators() {}

  @SuppressWarnings("DoNotCallSuggester")
  static Operator build(Execution execution, PhysicalNode.TableAccess node) {
    throw new IllegalStateException("not yet: " + node.alias() + execution.shape.slots());
  }
}
