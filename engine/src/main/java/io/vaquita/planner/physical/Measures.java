package io.vaquita.planner.physical;

import org.jspecify.annotations.Nullable;

/** What EXPLAIN ANALYZE saw of each node. Confined to the statement's thread. */
public interface Measures {
  /**
   * Averages over the times that a node was opened.
   *
   * @param firstMillis until the first row, opening included
   * @param lastMillis until the end, or until no more rows were asked for
   */
  record Measured(double firstMillis, double lastMillis, double rows, long loops) {}

  /** Null for a node that was never opened. */
  @Nullable Measured of(PhysicalNode node);

  /** The reading below a table access's condition; null as {@link #of}. */
  @Nullable Measured ofReading(PhysicalNode.TableAccess node);
}
