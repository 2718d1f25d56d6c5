package io.vaquita.planner.physical;

import io.vaquita.expression.Expression;
import org.jspecify.annotations.Nullable;

/** The frame of a window function. Immutable. */
public record WindowFrame(boolean rows, Bound start, Bound end) {
  /** {@code offset} only with PRECEDING and FOLLOWING. {@code kind} as in {@code WindowSyntax.BoundKind}. */
  public record Bound(String kind, @Nullable Expression offset, @Nullable String intervalUnit) {}
}
