package io.vaquita.planner;

import io.vaquita.expression.Expression;
import java.util.List;

/** The FROM clause, bound. RIGHT joins have become LEFT ones, merged derived tables their own trees. Immutable. */
sealed interface JoinTree {
  record Leaf(Source source) implements JoinTree {}

  /** A merged derived table or view with its own WHERE. */
  record Filtered(JoinTree tree, List<Expression> conditions) implements JoinTree {}

  /**
   * @param conditions ON and USING, split at AND
   * @param straight the left side is read first
   */
  record Join(
      Kind kind, JoinTree left, JoinTree right, List<Expression> conditions, boolean straight)
      implements JoinTree {}

  /** How the sides meet. */
  enum Kind {
    INNER,
    LEFT,
    SEMI,
    ANTI,
    NULL_AWARE_ANTI
  }
}
