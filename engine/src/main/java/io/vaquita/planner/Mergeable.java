package io.vaquita.planner;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;

/** Whether a derived table or view can become part of the block that uses it. Stateless. */
final class Mergeable {
  private Mergeable() {}

  static boolean isMergeable(Select s) {
    if (s.from() == null
        || s.isDistinct()
        || !s.groupBy().isEmpty()
        || s.having() != null
        || s.limit() != null
        || !s.windows().isEmpty()
        || s.into() != null
        || s.options().contains("STRAIGHT_JOIN")) {
      return false;
    }
    for (SelectElement element : s.elements()) {
      if (element instanceof SelectItem item && !isRepeatable(item.expression())) {
        return false;
      }
    }
    return !SyntaxTraits.orderHasAggregate(s.orderBy());
  }

  /** Merging evaluates an item where it is used, perhaps several times or never. */
  private static boolean isRepeatable(ExpressionSyntax e) {
    return !SyntaxTraits.any(
        e,
        x ->
            x instanceof ExpressionSyntax.Aggregate
                || x instanceof ExpressionSyntax.UserVariable
                || x instanceof ExpressionSyntax.UserVariableAssignment
                || x instanceof ExpressionSyntax.ScalarSubquery
                || x instanceof ExpressionSyntax.Exists
                || x instanceof ExpressionSyntax.InSubquery
                || x instanceof ExpressionSyntax.Quantified
                || x instanceof ExpressionSyntax.FunctionCall f && isVolatile(f.name()));
  }

  private static boolean isVolatile(String function) {
    return switch (function.toUpperCase(java.util.Locale.ROOT)) {
      case "RAND",
          "UUID",
          "UUID_SHORT",
          "SLEEP",
          "GET_LOCK",
          "RELEASE_LOCK",
          "BENCHMARK",
          "LAST_INSERT_ID" ->
          true;
      default -> false;
    };
  }

  /** On the inner side of an outer join only columns turn NULL by themselves. */
  static boolean hasOnlyColumns(Select s) {
    for (SelectElement element : s.elements()) {
      if (element instanceof SelectItem item
          && !(item.expression() instanceof ExpressionSyntax.ColumnReference)) {
        return false;
      }
    }
    return true;
  }
}
