package io.vaquita.store;

/**
 * How large pages are. Immutable.
 *
 * @param page bytes of a usual page; a page with fewer than four entries may be larger
 * @param unit bytes in which space in the file is counted; divides {@code page}
 */
record PageSizes(int page, int unit) {
  static final int PAGE_BYTES_DEFAULT = 8192;

  /** Without files a commit of one row does little else than copy the pages on its way: half as large, two fifths less to allocate. */
  static final int PAGE_BYTES_IN_MEMORY = 4096;

  private static final int UNIT_BYTES_MAX = 4096;

  static PageSizes of(int pageBytes) {
    if (pageBytes < 256 || pageBytes > 32768 || Integer.bitCount(pageBytes) != 1) {
      throw new IllegalArgumentException(
          "page size must be a power of two from 256 to 32768, not " + pageBytes);
    }
    return new PageSizes(pageBytes, Math.min(pageBytes, UNIT_BYTES_MAX));
  }

  int capacityFor(int used) {
    return used <= page ? page : (used + unit - 1) / unit * unit;
  }

  /** Whether a value stands in the leaf. Four entries must fit into a usual page, unless their keys alone are too large. */
  boolean isInPlace(int keyLength, int valueLength) {
    return valueLength <= 16
        || PageWriter.leafEntryBytes(keyLength, valueLength) + PageLayout.SLOT_BYTES
            <= (page - PageLayout.HEADER) / 4;
  }

  boolean isSparse(int used) {
    return used < page / 4;
  }

  /** Two neighbours become one page only when that leaves room, so that the next insert does not split it again. */
  boolean isWorthMerging(int usedTogether) {
    return usedTogether <= page / 4 * 3;
  }
}
