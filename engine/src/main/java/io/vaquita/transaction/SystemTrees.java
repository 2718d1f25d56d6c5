package io.vaquita.transaction;

/** The store's trees that belong to transactions and counters. Constants only. */
final class SystemTrees {
  /** Counters and statistics, shared with auto-increment; the keys used here begin with {@code lock.}. */
  static final int COUNTERS = 2;

  /** Prepared XA transactions by XID. */
  static final int PREPARED = 3;

  private SystemTrees() {}
}
