package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * vaquita.lock_waits: waits of all kinds as a tree. First come the waits for connections that wait for nobody themselves, each followed
 * by the waits for those who wait there, one DEPTH deeper: who has to move first stands at the top. Confined to one statement.
 */
final class BlockingTree {
  private final ServerState state;
  private final RowFiller rows;
  private final Map<Long, List<LockWaitView>> byBlocker = new LinkedHashMap<>();
  private final Set<Long> path = new HashSet<>();

  BlockingTree(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  void fill() {
    Set<Long> waiting = new HashSet<>();
    for (LockWaitView wait : state.lockWaits()) {
      waiting.add(wait.waiting().connectionId());
      byBlocker.computeIfAbsent(wait.blocking().connectionId(), id -> new ArrayList<>()).add(wait);
    }
    Set<Long> roots = new LinkedHashSet<>(byBlocker.keySet());
    roots.removeAll(waiting);
    roots.forEach(root -> under(root, root, 1));
  }

  /** A wait with several blockers stands under each of them. */
  private void under(long blocker, long root, int depth) {
    if (!path.add(blocker)) {
      return;
    }
    for (LockWaitView wait : byBlocker.getOrDefault(blocker, List.of())) {
      row(wait, root, depth);
      under(wait.waiting().connectionId(), root, depth + 1);
    }
    path.remove(blocker);
  }

  private void row(LockWaitView wait, long root, int depth) {
    LockView waiting = wait.waiting();
    LockView blocking = wait.blocking();
    rows.begin()
        .put("ROOT_CONNECTION_ID", root)
        .put("DEPTH", depth)
        .put("WAITING_CONNECTION_ID", waiting.connectionId())
        .put("WAITING_ACCOUNT", waiting.account())
        .put("WAITING_PROGRAM", waiting.program())
        .put("WAITING_TARGET", waiting.place())
        .put("WAITING_MODE", waiting.mode())
        .put("WAITING_MILLIS", waiting.ageMillis())
        .put("WAITING_STATEMENT", waiting.statement())
        .put("BLOCKING_CONNECTION_ID", blocking.connectionId())
        .put("BLOCKING_ACCOUNT", blocking.account())
        .put("BLOCKING_PROGRAM", blocking.program())
        .put("BLOCKING_MODE", blocking.mode())
        .put("BLOCKING_GRANTED", blocking.granted() ? "YES" : "NO")
        .put("BLOCKING_MILLIS", blocking.ageMillis())
        .put("BLOCKING_STATEMENT", blocking.statement())
        .end();
  }
}
