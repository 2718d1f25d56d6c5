package io.vaquita.server;

import io.vaquita.Session;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What other threads see of a connection and do to it: the watcher's sweep, KILL, shutdown. Thread-safe; the fields that are not
 * volatile belong to the watcher.
 */
final class ConnectionWatch {
  /** Statements that run longer have their client watched. */
  private static final long WATCH_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** A killed connection that has not ended by then loses its socket. */
  private static final long KILL_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SocketTransport transport;
  private final CoarseClock clock;
  private final long connectionId;

  private volatile @Nullable Session session;
  private volatile long busySinceNanos;
  private volatile long killedAtNanos;
  private volatile boolean isShuttingDown;
  private volatile boolean isAhead;
  private volatile @Nullable CloseReason endReason;

  private long stuckSinceNanos;
  private long stuckAtBytes = -1;

  ConnectionWatch(SocketTransport transport, CoarseClock clock, long connectionId) {
    this.transport = transport;
    this.clock = clock;
    this.connectionId = connectionId;
  }

  // ---- called by the connection's thread

  void loggedIn(Session open) {
    session = open;
  }

  /** A command begins. */
  void busy() {
    busySinceNanos = clock.nanos() | 1;
  }

  /** The command is done but for the last bytes of its reply; nothing is to be cancelled any more. */
  void idle() {
    busySinceNanos = 0;
  }

  /** Why somebody else ended this connection; null when nobody did. */
  @Nullable CloseReason endReason() {
    return endReason;
  }

  // ---- called by any thread

  @Nullable Session session() {
    return session;
  }

  boolean isBusy() {
    return busySinceNanos != 0;
  }

  /** Inside a command, waiting for another session's lock. */
  boolean isBlocked() {
    Session open = session;
    return open != null && isBusy() && open.isBlocked();
  }

  boolean isShuttingDown() {
    return isShuttingDown;
  }

  /** Ends the connection as KILL does, for a reason of the server's. */
  void end(CloseReason reason) {
    if (endReason == null) {
      endReason = reason;
    }
    Session open = session;
    if (open == null) {
      transport.close();
    } else {
      open.kill();
    }
  }

  /** After the session was marked as killed: wakes the thread when it waits for its client. */
  void onKill() {
    if (endReason == null) {
      endReason = CloseReason.KILLED;
    }
    killedAtNanos = clock.nanos() | 1;
    wake();
  }

  private void wake() {
    switch (transport.waiting()) {
      case COMMAND, PACKET, LOGIN -> transport.shutdownInput();
      case WRITE -> transport.close();
      case NOTHING -> {}
    }
  }

  /** For the watcher's sweep: overdue waits, clients that are gone, killed connections that do not end. */
  void sweep(long nowNanos) {
    transport.expireIfDue(nowNanos);
    long killedAt = killedAtNanos;
    if (killedAt != 0) {
      // again, since the thread may have begun to wait just after KILL had looked
      wake();
      if (nowNanos - killedAt > KILL_GRACE_NANOS) {
        transport.close();
      }
    }
    closeIfStuckAfterKill(nowNanos);
    long since = busySinceNanos;
    if (since != 0
        && nowNanos - since > WATCH_AFTER_NANOS
        && !isAhead
        && endReason == null
        && session != null
        && transport.canReadAhead()) {
      isAhead = true;
      Thread.ofVirtual().name("vaquita-watch-" + connectionId).start(this::watchClient);
    }
  }

  /** KILL QUERY cannot take half a packet back: when its client goes on not to read, the connection ends. */
  private void closeIfStuckAfterKill(long nowNanos) {
    Session open = session;
    boolean isStuck =
        transport.waiting() == SocketTransport.Wait.WRITE && open != null && open.isInterrupted();
    if (!isStuck || transport.bytesSent() != stuckAtBytes) {
      stuckAtBytes = isStuck ? transport.bytesSent() : -1;
      stuckSinceNanos = nowNanos;
    } else if (nowNanos - stuckSinceNanos > KILL_GRACE_NANOS && endReason == null) {
      end(CloseReason.KILLED_WHILE_STUCK);
    }
  }

  private void watchClient() {
    try {
      if (transport.readAhead() && isBusy() && endReason == null) {
        end(CloseReason.CLIENT_GONE);
      }
    } finally {
      isAhead = false;
    }
  }

  /** The server stops: an idle connection ends at once, a running statement when it is killed. */
  void shutdown(boolean kills) {
    isShuttingDown = true;
    if (!isBusy()) {
      transport.shutdownInput();
    } else if (kills) {
      end(CloseReason.SHUTDOWN);
    }
  }
}
