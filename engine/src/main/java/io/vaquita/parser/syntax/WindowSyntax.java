package io.vaquita.parser.syntax;

import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OVER clause or a named window. Immutable.
 *
 * @param reference the name in {@code OVER w} or {@code OVER (w …)}, or null
 * @param isBareReference {@code OVER w} without parentheses
 */
public record WindowSyntax(
    @Nullable String reference,
    boolean isBareReference,
    List<ExpressionSyntax> partitionBy,
    List<OrderItem> orderBy,
    @Nullable Frame frame) {

  /** ROWS or RANGE (GROUPS is refused by MySQL). */
  public record Frame(String unit, Bound start, Bound end) {}

  /** Kinds of frame bounds. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  public record Bound(BoundKind kind, @Nullable ExpressionSyntax offset) {}
}
