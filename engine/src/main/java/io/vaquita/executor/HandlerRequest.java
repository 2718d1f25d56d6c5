package io.vaquita.executor;

import io.vaquita.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HANDLER … READ. Immutable but for the cursor, which it moves.
 *
 * @param index its number in the table's definition, or {@link HandlerCursor#NATURAL}
 * @param values of the index's first parts, for the directions that compare
 * @param condition of WHERE, over the row in the plan's slot
 * @param offset rows to leave out
 * @param count rows to give at most
 */
public record HandlerRequest(
    HandlerCursor cursor,
    int index,
    Direction direction,
    List<Expression> values,
    @Nullable Expression condition,
    long offset,
    long count) {

  /** Which way from where. */
  public enum Direction {
    FIRST,
    NEXT,
    PREV,
    LAST,
    EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL;

    boolean isBackward() {
      return switch (this) {
        case PREV, LAST, LESS, LESS_OR_EQUAL -> true;
        case FIRST, NEXT, EQUAL, GREATER, GREATER_OR_EQUAL -> false;
      };
    }
  }

  public HandlerRequest {
    values = List.copyOf(values);
  }
}
