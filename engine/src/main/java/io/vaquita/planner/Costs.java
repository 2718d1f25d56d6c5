package io.vaquita.planner;

/** What things cost, in units of one row read in sequence, and how much conditions are guessed to keep. Stateless. */
final class Costs {
  /** MySQL's guesses for conditions without statistics. */
  static final double EQUALITY_SHARE = 0.1;

  static final double HALF_INTERVAL_SHARE = 1.0 / 3;
  static final double INTERVAL_SHARE = 1.0 / 9;

  /** An indexed column is indexed because it tells rows apart. */
  static final double INDEX_EQUALITY_SHARE = 0.01;

  /** FORCE INDEX: a scan past the named indexes counts as so many. */
  static final double NOT_FORCED = 1000;

  /** A correlated subquery that is run once. */
  static final double SUBQUERY = 20;

  private static final double COVERING_ROW = 0.7;
  private static final double SEEK = 1.5;
  private static final double LOOKUP = 1.5;
  private static final double HASH_BUILD_ROW = 1.0;
  private static final double HASH_PROBE_ROW = 0.4;
  private static final double PAIR = 0.1;
  private static final double SORT_ROW = 0.15;

  private Costs() {}

  static double scan(double rows, boolean clustered, boolean covering) {
    return SEEK + rows * row(clustered, covering);
  }

  static double ranges(int ranges, double rows, boolean clustered, boolean covering) {
    return SEEK * ranges + rows * row(clustered, covering);
  }

  static double unique(boolean clustered, boolean covering) {
    return clustered || covering ? SEEK : SEEK + LOOKUP;
  }

  private static double row(boolean clustered, boolean covering) {
    return clustered ? 1 : covering ? COVERING_ROW : COVERING_ROW + LOOKUP;
  }

  static double hashJoin(double leftRows, double rightCost, double rightRows) {
    return rightCost + rightRows * HASH_BUILD_ROW + leftRows * HASH_PROBE_ROW;
  }

  /** All pairs of rows, the right ones kept in memory. */
  static double product(double leftRows, double rightCost, double rightRows) {
    return rightCost + rightRows + leftRows * rightRows * PAIR;
  }

  static double sort(double rows) {
    return rows * SORT_ROW * Math.max(1, Math.log(rows + 1));
  }
}
