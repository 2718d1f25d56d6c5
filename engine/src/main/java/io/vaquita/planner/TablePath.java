package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.planner.physical.AccessPath;
import java.util.BitSet;

/**
 * One way to read a table. Immutable.
 *
 * @param covering the index alone answers
 * @param rowsRead rows read each time it is opened
 * @param cost of one opening, in units of a row read in sequence
 * @param consumed indexes of conditions that the access path makes sure of
 * @param used indexes of conditions that the access path is made from
 * @param fixedParts leading index parts that have one value
 */
record TablePath(
    IndexDefinition index,
    AccessPath access,
    boolean covering,
    double rowsRead,
    double cost,
    BitSet consumed,
    BitSet used,
    int fixedParts) {
  boolean isUnique() {
    return access instanceof AccessPath.UniqueLookup;
  }
}
