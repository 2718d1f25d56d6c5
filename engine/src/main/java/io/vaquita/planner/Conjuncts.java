package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.LogicalAnd;
import io.vaquita.expression.operator.Operators;
import io.vaquita.expression.operator.RowComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as lists of terms that must all hold. Stateless. */
final class Conjuncts {
  private Conjuncts() {}

  /** Adds the terms of {@code e}, taken apart at its ANDs and at equalities of rows. */
  static void split(Expression e, List<Expression> into) {
    if (e instanceof LogicalAnd) {
      for (Expression child : e.children()) {
        split(child, into);
      }
    } else if (e instanceof RowComparison r && r.operator() == ComparisonOperator.EQUAL) {
      r.elements().forEach(element -> split(element, into));
    } else {
      into.add(e);
    }
  }

  /** Null for no condition. Terms with subqueries are tested last. */
  static @Nullable Expression combine(List<Expression> terms) {
    return switch (terms.size()) {
      case 0 -> null;
      case 1 -> terms.getFirst();
      default -> Operators.and(cheapFirst(terms));
    };
  }

  private static List<Expression> cheapFirst(List<Expression> terms) {
    List<Expression> sorted = new ArrayList<>(terms);
    sorted.sort(Comparator.comparing(Expressions::containsSubquery));
    return sorted;
  }
}
