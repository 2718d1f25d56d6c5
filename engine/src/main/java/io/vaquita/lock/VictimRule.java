package io.vaquita.lock;

import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.List;

/**
 * Which wait of a cycle is ended. Stateless.
 *
 * <p>Where all wait for rows and tables, InnoDB's rule: the transaction that did the least, which is the number of rows that it wrote and
 * of locks that it has on rows and tables ({@link LockStructs}), the one that it waits for included. Where all wait for metadata and
 * user-level locks, MySQL's rule: the least weight, which is 25 for a wait of a data statement, 50 for a user-level lock, 100 for
 * DDL and everything global. Ties go to the wait that closed the cycle, and else to the last in its order.
 *
 * <p>MySQL never finds cycles over both, so there the rule is ours: a wait for a row weighs what a data statement's wait for
 * metadata weighs, 25; among the least, the one that did the least. Reasons: the same session loses whether another stands in its way with
 * a row, LOCK TABLES or DDL; 1213, which applications retry, rolls back and so frees what the transaction holds, while 3058 frees
 * nothing and is seldom handled; and DDL, which may have worked for hours, loses last.
 */
final class VictimRule {
  static final int DATA_WEIGHT = 25;
  static final int USER_LOCK_WEIGHT = 50;
  static final int DEFINITION_WEIGHT = 100;

  private VictimRule() {}

  /** The index of the victim; {@code cycle} begins with the wait that closed it. */
  static int choose(List<Wait> cycle) {
    boolean rowsCount = cycle.stream().anyMatch(Wait::isForRows);
    int victim = -1;
    for (int i = 1; i <= cycle.size(); i++) {
      int candidate = i % cycle.size();
      if (victim < 0 || compare(cycle.get(candidate), cycle.get(victim), rowsCount) <= 0) {
        victim = candidate;
      }
    }
    return victim;
  }

  private static int compare(Wait a, Wait b, boolean rowsCount) {
    int order = Integer.compare(weight(a), weight(b));
    return order == 0 && rowsCount ? Long.compare(work(a), work(b)) : order;
  }

  /** What InnoDB calls a transaction's weight. */
  private static long work(Wait wait) {
    return wait.owner.rowsWritten() + wait.owner.held().structs() + (wait.isForRows() ? 1 : 0);
  }

  private static int weight(Wait wait) {
    if (!(wait.queue.target() instanceof MetadataTarget target)) {
      return DATA_WEIGHT;
    }
    return switch (target.scope()) {
      case USER_LEVEL_LOCK -> USER_LOCK_WEIGHT;
      case GLOBAL -> DEFINITION_WEIGHT;
      default ->
          wait.mode.compareTo(LockMode.SHARED_UPGRADABLE) >= 0 ? DEFINITION_WEIGHT : DATA_WEIGHT;
    };
  }
}
