package io.vaquita.planner;

import io.vaquita.catalog.ViewDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.Operators;
import io.vaquita.planner.physical.Plan.BoundCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition of WITH CHECK OPTION. Immutable.
 *
 * @param condition over the slots of the view's tables
 */
record ViewCheck(String schema, String view, Expression condition) {

  /** LOCAL takes the view's own WHERE; CASCADED that of the views below too. */
  static List<ViewCheck> of(ViewDefinition view, JoinTree tree) {
    List<Expression> conditions = new ArrayList<>();
    switch (view.checkOption()) {
      case "LOCAL" -> {
        if (tree instanceof JoinTree.Filtered f) {
          conditions.addAll(f.conditions());
        }
      }
      case "CASCADED" -> collect(tree, conditions);
      default -> {}
    }
    List<ViewCheck> checks = new ArrayList<>();
    for (Expression c : conditions) {
      checks.add(new ViewCheck(view.schema(), view.name(), c));
    }
    return checks;
  }

  private static void collect(JoinTree tree, List<Expression> into) {
    switch (tree) {
      case JoinTree.Leaf ignored -> {}
      case JoinTree.Filtered f -> {
        into.addAll(f.conditions());
        collect(f.tree(), into);
      }
      case JoinTree.Join j -> {
        collect(j.left(), into);
        collect(j.right(), into);
      }
    }
  }

  /** The check over a row to be stored, which is in {@code rowSlot} instead of {@code slot}. Unlike a constraint, NULL refuses. */
  static List<BoundCheck> bind(List<ViewCheck> checks, int slot, int rowSlot) {
    List<BoundCheck> bound = new ArrayList<>();
    for (ViewCheck check : checks) {
      if (!Expressions.references(check.condition, slot)
          && !Expressions.containsSubquery(check.condition)) {
        continue;
      }
      if (Expressions.containsSubquery(check.condition)) {
        throw MySqlError.ER_NOT_SUPPORTED_YET.exception("WITH CHECK OPTION over a subquery");
      }
      Expression moved =
          Expressions.rewrite(
              check.condition,
              e ->
                  e instanceof ColumnExpression c && c.slot() == slot
                      ? ColumnExpression.of(rowSlot, c.column(), e.type(), e.isNullable(), c.name())
                      : e);
      bound.add(new BoundCheck(check.schema, check.view, Operators.isTruth(moved, true, false)));
    }
    return bound;
  }
}
