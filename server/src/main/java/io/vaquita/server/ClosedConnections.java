package io.vaquita.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The connections that ended last. Thread-safe. Those that said goodbye are kept apart, so that they do not drive out the others.
 */
final class ClosedConnections {
  private static final int KEPT = 500;
  private static final int GOODBYES_KEPT = 100;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Deque<ClosedConnection> broken = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Deque<ClosedConnection> goodbyes = new ArrayDeque<>();

  void add(ClosedConnection connection) {
    synchronized (lock) {
      if (connection.reason() == CloseReason.QUIT) {
        add(goodbyes, connection, GOODBYES_KEPT);
      } else {
        add(broken, connection, KEPT);
      }
    }
  }

  private static void add(Deque<ClosedConnection> to, ClosedConnection connection, int kept) {
    if (to.size() == kept) {
      to.removeFirst();
    }
    to.addLast(connection);
  }

  /** In the order in which they ended. */
  List<ClosedConnection> all() {
    List<ClosedConnection> all;
    synchronized (lock) {
      all = new ArrayList<>(broken);
      all.addAll(goodbyes);
    }
    all.sort(Comparator.comparing(ClosedConnection::closed));
    return all;
  }
}
