package io.vaquita.store;

/**
 * Where recovery would go on reading. Immutable.
 *
 * @param isSegmentExpected whether the segment is there already
 */
record LogPoint(long segment, long offset, boolean isSegmentExpected) {}
