package io.vaquita.planner;

import io.vaquita.expression.Expression;

/** Recognizes the kinds of bound conditions that the planner looks into. Stateless. */
final class Shapes {
  private Shapes() {}

  static boolean isAnd(Expression e) {
    return e.getClass().getSimpleName().equals("LogicalAnd");
  }

  static boolean isOr(Expression e) {
    return e.getClass().getSimpleName().equals("LogicalOr");
  }
}
