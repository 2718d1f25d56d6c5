package io.vaquita.expression.function;

import io.vaquita.expression.operator.ControlFlow;
import io.vaquita.expression.operator.Operators;

/** IF, IFNULL, COALESCE, GREATEST and their like, which the operators package makes. Stateless. */
final class ControlFunctions {
  private ControlFunctions() {}

  static void register() {
    Registry.add("if", 3, (n, a, s) -> ControlFlow.ifThenElse(a.get(0), a.get(1), a.get(2), s));
    Registry.add("ifnull", 2, (n, a, s) -> ControlFlow.coalesce(n, a, s));
    Registry.add("coalesce", 1, Registry.ANY, (n, a, s) -> ControlFlow.coalesce(n, a, s));
    Registry.add("nullif", 2, (n, a, s) -> ControlFlow.nullIf(a.get(0), a.get(1), s));
    Registry.add("isnull", 1, (n, a, s) -> Operators.isNull(a.getFirst(), false));
    Registry.add("greatest", 2, Registry.ANY, (n, a, s) -> ControlFlow.extreme(true, a, s));
    Registry.add("least", 2, Registry.ANY, (n, a, s) -> ControlFlow.extreme(false, a, s));
    Registry.add("any_value", 1, (n, a, s) -> a.getFirst());
  }
}
