package io.vaquita.server;

import io.vaquita.server.SocketHolders.Holder;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Looks for connections whose client's end several processes hold: one was open when a program forked. Confined to its thread,
 * which looks every few seconds; nothing of it is on the way of a statement.
 *
 * <p>A connection is reported when two looks in a row find it shared, since a fork that is followed by exec shares for a moment.
 */
final class SharedConnectionCheck {
  /** What is done with a shared connection: the variable {@code shared_connection_policy}. */
  private enum Policy {
    IGNORE,
    WARN,
    KILL
  }

  private final ServerContext context;
  private final int serverPort;
  private Set<Connection> suspects = new HashSet<>();

  SharedConnectionCheck(ServerContext context, int serverPort) {
    this.context = context;
    this.serverPort = serverPort;
  }

  void look() {
    Policy policy = policy();
    if (policy == Policy.IGNORE) {
      return;
    }
    Map<Integer, Connection> byPort = new HashMap<>();
    for (Connection connection : context.connections().open()) {
      int port = connection.client().peer().localPort();
      if (port > 0) {
        byPort.put(port, connection);
      }
    }
    if (byPort.isEmpty()) {
      suspects.clear();
      return;
    }
    try {
      judge(SocketHolders.find(serverPort, byPort.keySet()), byPort, policy);
    } catch (IOException e) {
      context.log().log(LogEvent.SHARED_CONNECTION_CHECK, "/proc cannot be read: " + e);
    }
  }

  private void judge(
      Map<Integer, List<Holder>> holders, Map<Integer, Connection> byPort, Policy policy) {
    Set<Connection> now = new HashSet<>();
    holders.forEach(
        (port, processes) -> {
          Connection connection = byPort.get(port);
          if (processes.size() > 1 && connection != null) {
            now.add(connection);
            if (suspects.contains(connection)) {
              connection.sharedBy(processes, policy == Policy.KILL);
            }
          }
        });
    suspects = now;
  }

  private Policy policy() {
    String text = context.database().globalVariable("shared_connection_policy");
    for (Policy policy : Policy.values()) {
      if (policy.name().equals(text.toUpperCase(Locale.ROOT))) {
        return policy;
      }
    }
    return Policy.WARN;
  }
}
