package io.vaquita.transaction;

import java.util.Arrays;

/**
 * What one transaction has of the budget of record locks, and the tables that it has locked as a whole instead. Confined to the session's
 * thread.
 */
final class RecordLockShare {
  private static final int[] NO_TREES = {};
  private static final int STEP = 256;

  private final RecordLockBudget budget;

  /** Never less than the transaction holds, by up to a step. */
  private int taken;

  private int escalatesAt;

  /** Trees of tables that are locked as a whole, exclusively or shared: no record of them is locked so any more. */
  private int[] exclusiveTrees = NO_TREES;

  private int[] sharedTrees = NO_TREES;

  RecordLockShare(RecordLockBudget budget) {
    this.budget = budget;
    escalatesAt = budget.escalationLocks();
  }

  /** {@code shared}: whether a shared lock is enough. */
  boolean isLockedAsAWhole(int tree, boolean shared) {
    return contains(exclusiveTrees, tree) || (shared && contains(sharedTrees, tree));
  }

  private static boolean contains(int[] trees, int tree) {
    for (int locked : trees) {
      if (locked == tree) {
        return true;
      }
    }
    return false;
  }

  /** 1206 when all transactions together hold too many. */
  void holds(int recordLocks) {
    if (recordLocks > taken) {
      budget.take(STEP);
      taken += STEP;
    }
  }

  boolean isTimeToEscalate(int recordLocks) {
    return recordLocks >= escalatesAt;
  }

  /** Where others are in the table now, the next time to ask is when there are a good many more. */
  void triesToEscalate() {
    escalatesAt += budget.escalationLocks() / 4 + 1;
  }

  void locksAsAWhole(int[] trees, boolean exclusive) {
    if (exclusive) {
      exclusiveTrees = concat(exclusiveTrees, trees);
    } else {
      sharedTrees = concat(sharedTrees, trees);
    }
  }

  private static int[] concat(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** The transaction has ended. */
  void giveBack() {
    budget.giveBack(taken);
    taken = 0;
    exclusiveTrees = NO_TREES;
    sharedTrees = NO_TREES;
  }

  /** The locks have gone to another transaction. */
  void moveTo(RecordLockShare heir) {
    heir.taken = taken;
    heir.exclusiveTrees = exclusiveTrees;
    heir.sharedTrees = sharedTrees;
    taken = 0;
  }
}
