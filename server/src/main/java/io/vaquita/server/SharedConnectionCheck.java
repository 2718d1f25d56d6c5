package io.vaquita.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.error.MySqlError;
import io.vaquita.server.SocketHolders.Holder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for connections whose client's end several processes hold: one was open when a program forked. Thread-safe: a thread of its
 * own looks every few seconds, and whoever reads {@code vaquita.connection_holders} looks at once; nothing of it is on the way of a
 * statement.
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

  @GuardedBy("this")
  private Set<Connection> suspects = new HashSet<>();

  @GuardedBy("this")
  private final Set<Long> reported = new HashSet<>();

  /** -1 without TCP. */
  private volatile int serverPort = -1;

  private volatile @Nullable String unixObstacle;

  SharedConnectionCheck(ServerContext context) {
    this.context = context;
  }

  void serverPort(int port) {
    serverPort = port;
  }

  /** Why there is nothing to see; null when there is. */
  @Nullable String obstacle() {
    return SocketHolders.canLook()
        ? null
        : "which processes hold a connection is known on Linux only, where /proc/net/tcp can be"
            + " read";
  }

  /** Why Unix sockets are left out; null when they are not. */
  @Nullable String unixObstacle() {
    return unixObstacle;
  }

  /** The processes at the client's end of each connection of this machine, as far as this process may look into them. */
  Map<Connection, List<Holder>> holders() throws IOException {
    Map<String, Connection> byInode = new HashMap<>();
    Map<Integer, Connection> byPort = new HashMap<>();
    Map<Integer, Connection> byMark = new HashMap<>();
    for (Connection connection : context.connections().open()) {
      Peer peer = connection.client().peer();
      if (peer.localPort() > 0) {
        byPort.put(peer.localPort(), connection);
      } else if (peer.unixMark() > 0 && byMark.put(peer.unixMark(), connection) != null) {
        // two connections, a hundred thousand apart: which is which cannot be said
        byMark.remove(peer.unixMark());
      }
    }
    if (!byPort.isEmpty() && serverPort > 0) {
      SocketHolders.clientInodes(serverPort, byPort.keySet())
          .forEach((port, inode) -> byInode.put(inode, byPort.get(port)));
    }
    addUnixSockets(byMark, byInode);
    Map<Connection, List<Holder>> holders = new HashMap<>();
    SocketHolders.find(byInode.keySet())
        .forEach((inode, processes) -> holders.put(byInode.get(inode), processes));
    return holders;
  }

  private void addUnixSockets(Map<Integer, Connection> byMark, Map<String, Connection> byInode) {
    Path file = context.options().socketFile();
    if (byMark.isEmpty() || file == null) {
      return;
    }
    try {
      UnixSocketPeers.find(file)
          .forEach(
              (mark, inode) -> {
                Connection connection = byMark.get(mark);
                if (connection != null) {
                  byInode.put(inode, connection);
                }
              });
      unixObstacle = null;
    } catch (IOException | RuntimeException | LinkageError e) {
      unixObstacle = "who holds Unix sockets cannot be found out: " + e.getMessage();
    }
  }

  /**
   * Looks and judges.
   *
   * @return whether a connection seems to be shared that has not been reported yet
   */
  boolean look() {
    if (policy() == Policy.IGNORE || obstacle() != null) {
      return false;
    }
    try {
      return judge(holders());
    } catch (IOException | RuntimeException e) {
      // looked at again in some seconds
      context.log().log(LogEvent.SHARED_CONNECTION_CHECK, "/proc cannot be read: " + e);
      return false;
    }
  }

  private synchronized boolean judge(Map<Connection, List<Holder>> holders) {
    Set<Connection> now = new HashSet<>();
    holders.forEach(
        (connection, processes) -> {
          if (processes.size() > 1) {
            now.add(connection);
            if (suspects.contains(connection)) {
              report(connection, processes);
            }
          }
        });
    suspects = now;
    reported.removeIf(id -> context.connections().find(id) == null);
    boolean isToBeConfirmed = false;
    for (Connection connection : now) {
      isToBeConfirmed |= !reported.contains(connection.client().id());
    }
    return isToBeConfirmed;
  }

  /** One warning a connection, in the log and in SHOW WARNINGS of its session. */
  @GuardedBy("this")
  private void report(Connection connection, List<Holder> holders) {
    Client client = connection.client();
    if (!reported.add(client.id())) {
      return;
    }
    boolean kills = policy() == Policy.KILL;
    String opened = client.claimedProcess();
    String text =
        "The client's end of connection "
            + client.id()
            + " is held by several processes: "
            + holders
            + (opened == null ? "" : ", opened by process " + opened)
            + (kills ? ". It is closed (shared_connection_policy)." : ".")
            + SharedConnectionAdvice.TEXT;
    context.log().log(LogEvent.SHARED_CONNECTION, client.subject(), text);
    ConnectionWatch watch = connection.watch();
    var session = watch.session();
    if (session != null) {
      session.warn(MySqlError.ER_UNKNOWN_ERROR.number(), text);
    }
    if (kills) {
      watch.end(CloseReason.SHARED);
    }
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
