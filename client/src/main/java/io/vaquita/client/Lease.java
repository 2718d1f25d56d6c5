package io.vaquita.client;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One borrowing of a connection, from {@code getConnection} to {@code close}. All calls on the connection, its statements and results
 * pass {@link #enter}: one thread at a time, and none after it was handed back. A connection may go from thread to thread between calls.
 *
 * <p>Thread-safe: {@code caller} is a lock that is never waited for; what only its holder touches is said at the fields.
 */
final class Lease {
  /** A setting that JDBC calls change, as it was before. */
  enum Setting {
    AUTOCOMMIT,
    ISOLATION,
    READ_ONLY,
    NETWORK_TIMEOUT
  }

  final PooledConnection connection;
  final ConnectionPool pool;
  final String borrower = Thread.currentThread().toString();
  final @Nullable Throwable borrowed;
  final long borrowedNanos;

  private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
  private volatile @Nullable Throwable returned;
  private volatile boolean isReturned;
  private volatile @Nullable String broken;

  /** Calls within calls, such as a driver that reads a stream which reads from the same connection. The caller's. */
  private int depth;

  // these belong to whoever is the caller
  private final SessionTraces traces = new SessionTraces();
  private final Map<Setting, Object> changed = new EnumMap<>(Setting.class);
  private final List<Statement> statements = new ArrayList<>();

  /** Set once by the pool's housekeeper, under the pool's lock. */
  boolean isLeakReported;

  Lease(PooledConnection connection, ConnectionPool pool, long nowNanos) {
    this.connection = connection;
    this.pool = pool;
    this.borrowedNanos = nowNanos;
    this.borrowed =
        pool.options().recordsStacks() ? new Throwable("borrowed here by " + borrower) : null;
  }

  /** Begins a call; whoever calls must {@link #exit} if this returns. */
  void enter(String call) throws SQLException {
    Thread self = Thread.currentThread();
    if (caller.get() == self) {
      depth++;
      return;
    }
    if (!caller.compareAndSet(null, self)) {
      throw sharedUse(call, self);
    }
    if (isReturned) {
      caller.set(null);
      throw new ReturnedConnectionException(
          call + " on a connection that was handed back; it may be another's by now", returned);
    }
    depth = 1;
  }

  void exit() {
    if (--depth == 0) {
      caller.set(null);
    }
  }

  private SharedConnectionException sharedUse(String call, Thread self) {
    Thread first = caller.get();
    Throwable where =
        new Throwable("the other thread, " + (first == null ? "just gone" : first) + ", is here");
    where.setStackTrace(first == null ? new StackTraceElement[0] : first.getStackTrace());
    if (borrowed != null) {
      where.addSuppressed(borrowed);
    }
    String message =
        "two threads use one connection at the same time: "
            + self
            + " calls "
            + call
            + " while "
            + (first == null ? "another" : first)
            + " is in a call; each thread needs a connection of its own";
    pool.tell(new GuardEvent.SharedUse(message, borrowed));
    return new SharedConnectionException(message, where);
  }

  /** Only within a call. */
  SessionTraces traces() {
    return traces;
  }

  /** Remembers what a setting was before its first change. Only within a call. */
  void changes(Setting setting, Object before) {
    changed.putIfAbsent(setting, before);
  }

  /** Only within a call. */
  void opened(Statement statement) {
    statements.add(statement);
  }

  /** Only within a call. */
  void closed(Statement statement) {
    statements.remove(statement);
  }

  /** The connection must not be lent again. */
  void broken() {
    broken("an error broke it");
  }

  void broken(String reason) {
    broken = reason;
  }

  boolean isBroken() {
    return broken != null;
  }

  boolean isReturned() {
    return isReturned;
  }

  /** Hands the connection back; nothing when it was already. */
  void close() throws SQLException {
    if (isReturned) {
      return;
    }
    enter("Connection.close");
    try {
      isReturned = true;
      returned = pool.options().recordsStacks() ? handedBack() : null;
      pool.giveBack(this, clean());
    } finally {
      exit();
    }
  }

  private Throwable handedBack() {
    Throwable here = new Throwable("handed back here by " + Thread.currentThread());
    if (borrowed != null) {
      here.addSuppressed(borrowed);
    }
    return here;
  }

  /** Makes the connection as it was when it was new; a reason when it cannot be used again, null when it can. */
  private @Nullable String clean() {
    if (broken != null) {
      return broken;
    }
    try {
      for (Statement statement : statements) {
        statement.close();
      }
      endTransaction();
      if (traces.has(SessionTraces.Trace.NAMED_LOCKS)) {
        long released = connection.releaseNamedLocks();
        if (released > 0) {
          pool.tell(new GuardEvent.NamedLocksReleased(released, borrowed));
        }
      }
      if (traces.has(SessionTraces.Trace.SESSION_STATE) && !connection.reset()) {
        return "its session was changed and this driver cannot reset it";
      }
      restoreSettings();
      connection.physical.clearWarnings();
      return null;
    } catch (SQLException | RuntimeException e) {
      return "it could not be cleaned: " + e.getMessage();
    }
  }

  private void endTransaction() throws SQLException {
    boolean guess =
        traces.has(SessionTraces.Trace.TRANSACTION) || !connection.physical.getAutoCommit();
    if (!connection.session.inTransaction(guess)) {
      return;
    }
    try (Statement statement = connection.physical.createStatement()) {
      statement.execute("ROLLBACK");
    }
    pool.tell(new GuardEvent.OpenTransactionRolledBack(borrowed));
  }

  private void restoreSettings() throws SQLException {
    for (Map.Entry<Setting, Object> each : changed.entrySet()) {
      switch (each.getKey()) {
        case AUTOCOMMIT -> connection.physical.setAutoCommit((Boolean) each.getValue());
        case ISOLATION -> connection.physical.setTransactionIsolation((Integer) each.getValue());
        case READ_ONLY -> connection.physical.setReadOnly((Boolean) each.getValue());
        case NETWORK_TIMEOUT ->
            connection.physical.setNetworkTimeout(Runnable::run, (Integer) each.getValue());
      }
    }
  }
}
