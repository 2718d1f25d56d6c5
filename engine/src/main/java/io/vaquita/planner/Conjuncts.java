package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.LogicalAnd;
import io.vaquita.expression.operator.Operators;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as lists of terms that must all hold. Stateless. */
final class Conjuncts {
  private Conjuncts() {}

  /** Adds the terms of {@code e}, taken apart at its ANDs. */
  static void split(Expression e, List<Expression> into) {
    if (e instanceof LogicalAnd) {
      for (Expression child : e.children()) {
        split(child, into);
      }
    } else {
      into.add(e);
    }
  }

  /** Null for no condition. */
  static @Nullable Expression combine(List<Expression> terms) {
    return switch (terms.size()) {
      case 0 -> null;
      case 1 -> terms.getFirst();
      default -> Operators.and(terms);
    };
  }
}
