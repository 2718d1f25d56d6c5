package io.vaquita.store;

/** A run of units in the data file, packed into a long: 40 bits first unit, 24 bits count of units. 0 is no location. Stateless. */
final class Location {
  private static final int COUNT_BITS = 24;

  private Location() {}

  static long of(long unit, long count) {
    return unit << COUNT_BITS | count;
  }

  static long unit(long location) {
    return location >>> COUNT_BITS;
  }

  static int count(long location) {
    return (int) (location & ((1 << COUNT_BITS) - 1));
  }

  static String describe(long location) {
    return "unit " + unit(location) + "+" + count(location);
  }
}
