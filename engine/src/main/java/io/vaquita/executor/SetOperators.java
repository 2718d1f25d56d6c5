package io.vaquita.executor;

import io.vaquita.planner.physical.PhysicalNode;

/** Makes the operator of a set operation. Stateless. */
final class SetOperators {
  private SetOperators() {}

  static Operator build(Execution execution, PhysicalNode.SetOperation node) {
    return switch (node.operator()) {
      case "UNION" -> new UnionOperator(execution, node);
      case "INTERSECT", "EXCEPT" -> new IntersectExceptOperator(execution, node);
      default -> throw new IllegalArgumentException(node.operator());
    };
  }
}
