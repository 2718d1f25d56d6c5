package io.vaquita.table;

import org.jspecify.annotations.Nullable;

/**
 * Entries of one index with {@code from <= key < to} in key bytes. Immutable; the arrays are never written.
 *
 * @param to null: to the end of the tree
 * @param isEquality the range is "equal to these first parts": a locking read then protects only the gap after the last equal entry
 * @param startsAtKey {@code from} is the one whole key that begins the range, its value included: no insert before it can be inside
 * @param last the one whole key that ends the range, its value included, or null: a locking scan that met it need not look further
 */
public record KeyRange(
    byte[] from,
    byte @Nullable [] to,
    boolean isEquality,
    boolean startsAtKey,
    byte @Nullable [] last) {
  private static final byte[] START = {};

  /** Whether at most one entry can be in it: the whole key of a unique index. */
  public boolean isPoint() {
    return isEquality && last != null;
  }

  /** Every entry. */
  public static final KeyRange ALL = new KeyRange(START, null, false, false, null);
}
