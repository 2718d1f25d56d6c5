package io.vaquita.planner.physical;

import io.vaquita.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of an index are read. Immutable. Key expressions are evaluated when the access is opened, over outer slots and
 * parameters; a NULL in an {@code =} part or in a bound finds nothing.
 *
 * <p>A key expression may be of another type than its column where both compare in the order of the index: a number of another kind,
 * DATE with DATETIME, a constant string with a number, a temporal or an ENUM column. The executor converts it exactly: an
 * equality with a value that the column cannot hold (1.5 or 300 in a TINYINT, a time of day in a DATE) finds nothing, and a bound that
 * it cannot hold moves to the nearest value that keeps the meaning. A part with a prefix length compares prefixes: keys are cut to
 * it; bounds over such a part are always inclusive and the access's condition tests the whole column.
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
   * @param low bound of the part after the prefix in the order of values (whatever the part's direction), or null. With a bound on
   *     either side NULLs of that part are not found; without any they are.
   */
  record Range(
      List<Expression> prefix,
      List<Boolean> nullSafe,
      @Nullable Expression low,
      boolean lowInclusive,
      @Nullable Expression high,
      boolean highInclusive) {}
}
