package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.Between;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.InList;
import io.vaquita.expression.operator.IsNull;
import io.vaquita.expression.operator.Like;
import io.vaquita.expression.operator.LogicalAnd;
import io.vaquita.expression.operator.LogicalNot;
import io.vaquita.expression.operator.LogicalOr;
import java.util.BitSet;

/** Whether a condition cannot be true when all columns of some slots are NULL: then an outer join to them is an inner one. Stateless. */
final class NullRejection {
  private NullRejection() {}

  static boolean rejects(Expression condition, BitSet slots) {
    return switch (condition) {
      case LogicalAnd and -> any(and, slots);
      case LogicalOr or -> all(or, slots);
      case IsNull n -> n.isNegated() && isNull(n.operand(), slots);
      default -> isNull(condition, slots);
    };
  }

  private static boolean any(Expression and, BitSet slots) {
    for (Expression child : and.children()) {
      if (rejects(child, slots)) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(Expression or, BitSet slots) {
    for (Expression child : or.children()) {
      if (!rejects(child, slots)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the expression's value is NULL when those columns are. */
  private static boolean isNull(Expression e, BitSet slots) {
    return switch (e) {
      case ColumnExpression c -> slots.get(c.slot());
      case Comparison c ->
          c.operator() != ComparisonOperator.NULL_SAFE_EQUAL
              && (isNull(c.left(), slots) || isNull(c.right(), slots));
      case Between b -> isNull(b.operand(), slots);
      case InList in -> isNull(in.operand(), slots);
      case Like l -> isNull(l.operand(), slots) || isNull(l.pattern(), slots);
      case LogicalNot n -> isNull(n.children().getFirst(), slots);
      default -> false;
    };
  }
}
