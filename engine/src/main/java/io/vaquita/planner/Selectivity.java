package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.Between;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.InList;
import io.vaquita.expression.operator.IsNull;
import io.vaquita.expression.operator.Like;
import io.vaquita.expression.operator.LogicalAnd;
import io.vaquita.expression.operator.LogicalOr;

/** Guesses which share of rows meets a condition. Stateless. */
final class Selectivity {
  private Selectivity() {}

  static double of(Expression condition) {
    return switch (condition) {
      case Comparison c -> ofComparison(c.operator());
      case Between b -> b.isNegated() ? 1 - Costs.INTERVAL_SHARE : Costs.INTERVAL_SHARE;
      case InList in -> {
        double share = Math.min(0.5, in.list().size() * Costs.EQUALITY_SHARE);
        yield in.isNegated() ? 1 - share : share;
      }
      case IsNull n -> n.isNegated() ? 1 - Costs.EQUALITY_SHARE : Costs.EQUALITY_SHARE;
      case Like l -> l.isNegated() ? 1 - Costs.INTERVAL_SHARE : Costs.INTERVAL_SHARE;
      case LogicalAnd and -> {
        double all = 1;
        for (Expression child : and.children()) {
          all *= of(child);
        }
        yield all;
      }
      case LogicalOr or -> {
        double none = 1;
        for (Expression child : or.children()) {
          none *= 1 - of(child);
        }
        yield 1 - none;
      }
      default -> 0.8;
    };
  }

  private static double ofComparison(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL, NULL_SAFE_EQUAL -> Costs.EQUALITY_SHARE;
      case NOT_EQUAL -> 1 - Costs.EQUALITY_SHARE;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Costs.HALF_INTERVAL_SHARE;
    };
  }
}
