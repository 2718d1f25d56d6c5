package io.vaquita.planner.physical;

import io.vaquita.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of an index are read. Immutable. Key expressions are evaluated when the access is opened, over outer slots and
 * parameters, and are already of the key column's type and collation where that keeps the meaning; a NULL in an {@code =} part finds
 * nothing.
 */
public sealed interface AccessPath {
  /** Every entry. */
  record FullScan() implements AccessPath {}

  /** Equality on all parts of a unique index, none NULL: at most one row. EXPLAIN's const and eq_ref. */
  record UniqueLookup(List<Expression> key) implements AccessPath {}

  /** Ranges in index order that do not overlap once evaluated; the executor sorts and merges them. EXPLAIN's ref and range. */
  record Ranges(List<Range> ranges) implements AccessPath {}

  /**
   * Entries whose first parts equal {@code prefix} and whose next part lies between the bounds.
   *
   * @param nullSafe by part of the prefix: whether NULL finds NULLs ({@code <=>}, IS NULL)
   * @param low bound of the part after the prefix, or null
   */
  record Range(
      List<Expression> prefix,
      List<Boolean> nullSafe,
      @Nullable Expression low,
      boolean lowInclusive,
      @Nullable Expression high,
      boolean highInclusive) {}
}
