package io.vaquita.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool that is fair: whoever waits longest gets the next connection, or the next place to open one. Waiters park, nothing spins,
 * nothing is kept by thread, so that ten thousand virtual threads on one carrier get along.
 *
 * <p>Thread-safe. The lock guards the lists only; connections are opened, cleaned, asked and closed outside it.
 */
final class ConnectionPool implements AutoCloseable {
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final String SUSPENDED = "a checkpoint began before it was lent";

  private final DataSource source;
  private final GuardOptions options;
  private final ProcessIdentity.Source identity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();

  /** The last one handed back is lent first: it is the warmest, and the others may grow old. */
  @GuardedBy("lock")
  private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>();

  @GuardedBy("lock")
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Set<Lease> lent = new HashSet<>();

  /** Connections lent, idle, or about to be opened. */
  @GuardedBy("lock")
  private int places;

  @GuardedBy("lock")
  private boolean isClosed;

  /** Nothing is opened or lent, borrowers wait: a checkpoint is under way. */
  @GuardedBy("lock")
  private boolean isSuspended;

  private final Condition settled = lock.newCondition();

  @GuardedBy("lock")
  private boolean isHousekeeperStarted;

  /** A borrower in the queue. Its fields are guarded by the pool's lock. */
  private final class Waiter {
    final Condition served = lock.newCondition();
    boolean isServed;

    /** Null: a place to open one. */
    @Nullable PooledConnection connection;
  }

  ConnectionPool(DataSource source, GuardOptions options, ProcessIdentity.Source identity) {
    this.source = source;
    this.options = options;
    this.identity = identity;
  }

  GuardOptions options() {
    return options;
  }

  void tell(GuardEvent event) {
    options.listener().accept(event);
  }

  Lease borrow() throws SQLException {
    long deadline = System.nanoTime() + nanos(options.borrowTimeout());
    while (true) {
      PooledConnection connection = take(deadline);
      if (connection == null) {
        connection = openInItsPlace();
      }
      String flaw = flawOf(connection);
      Lease lease = flaw == null ? lend(connection) : null;
      if (lease != null) {
        return lease;
      }
      discard(connection, flaw == null ? SUSPENDED : flaw, null);
    }
  }

  /** An idle connection, or null with a place to open one. */
  private @Nullable PooledConnection take(long deadline) throws SQLException {
    lock.lock();
    try {
      ensureOpen();
      if (waiters.isEmpty() && !isSuspended) {
        PooledConnection warm = idle.poll();
        if (warm != null) {
          return warm;
        }
        if (places < options.maximumSize()) {
          places++;
          return null;
        }
      }
      return await(deadline);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable PooledConnection await(long deadline) throws SQLException {
    Waiter waiter = new Waiter();
    waiters.add(waiter);
    boolean isEndless = options.borrowTimeout().isZero();
    try {
      while (!waiter.isServed) {
        ensureOpen();
        long left = isEndless ? Long.MAX_VALUE : deadline - System.nanoTime();
        if (left <= 0) {
          throw exhausted();
        }
        waiter.served.awaitNanos(left);
      }
      return waiter.connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiter.isServed) {
        serve(waiter.connection);
      }
      throw new SQLNonTransientConnectionException(
          "interrupted while waiting for a connection", "08001", e);
    } finally {
      waiters.remove(waiter);
    }
  }

  @GuardedBy("lock")
  private void ensureOpen() throws SQLException {
    if (isClosed) {
      throw new SQLNonTransientConnectionException("the data source is closed", "08003");
    }
  }

  @GuardedBy("lock")
  private PoolExhaustedException exhausted() {
    List<Lease> holders = new ArrayList<>(lent);
    holders.sort(Comparator.comparingLong(l -> l.borrowedNanos));
    long now = System.nanoTime();
    StringBuilder text =
        new StringBuilder("no connection became free within ")
            .append(options.borrowTimeout().toMillis())
            .append(" ms; all ")
            .append(places)
            .append(" are lent or being opened, ")
            .append(waiters.size())
            .append(" borrower(s) wait");
    for (Lease each : holders.subList(0, Math.min(5, holders.size()))) {
      text.append("; ")
          .append(each.borrower)
          .append(" has one for ")
          .append((now - each.borrowedNanos) / 1_000_000)
          .append(" ms");
    }
    return new PoolExhaustedException(
        text.toString(), holders.isEmpty() ? null : holders.getFirst().borrowed);
  }

  /** Null while a checkpoint is under way: the connection must not be used. */
  private @Nullable Lease lend(PooledConnection connection) throws SQLException {
    Lease lease = new Lease(connection, this, System.nanoTime());
    lock.lock();
    try {
      if (isSuspended) {
        return null;
      }
      if (!isClosed) {
        lent.add(lease);
        startHousekeeper();
        return lease;
      }
    } finally {
      lock.unlock();
    }
    discard(connection, "the data source is closed", null);
    throw new SQLNonTransientConnectionException("the data source is closed", "08003");
  }

  // ---- opening and judging

  /** Opens a connection in a place that is already counted; gives the place back when that fails. */
  private PooledConnection openInItsPlace() throws SQLException {
    boolean opened = false;
    PooledConnection connection = null;
    try {
      connection =
          new PooledConnection(
              LateConnection.within(options.connectTimeout(), source),
              identity.current(),
              System.nanoTime());
      if (options.socketTimeout().isPositive()) {
        connection.physical.setNetworkTimeout(
            Runnable::run, (int) options.socketTimeout().toMillis());
      }
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        if (connection != null) {
          connection.close();
        }
        placeIsFree();
      }
    }
  }

  private @Nullable String flawOf(PooledConnection connection) {
    long now = System.nanoTime();
    if (!connection.owner.equals(identity.current())) {
      return "it belongs to another process, or to this one before it was restored from a checkpoint";
    }
    if (isOver(options.lifetime(), now - connection.openedNanos)) {
      return "it is older than its lifetime";
    }
    if (options.validateAfterIdle().minusNanos(now - connection.idleSinceNanos).isPositive()) {
      return null;
    }
    return answers(connection) ? null : "it does not answer any more";
  }

  private static boolean answers(PooledConnection connection) {
    try {
      return connection.physical.isValid(5);
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isOver(Duration limit, long nanos) {
    return !limit.isZero() && nanos > nanos(limit);
  }

  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  // ---- giving back

  void giveBack(Lease lease, @Nullable String flaw) {
    PooledConnection connection = lease.connection;
    String wrong = flaw;
    if (wrong == null && !connection.owner.equals(identity.current())) {
      wrong = "it belongs to another process, or to this one before it was restored";
    }
    boolean isEnd = false;
    lock.lock();
    try {
      lent.remove(lease);
      isEnd = isClosed;
      settled.signalAll();
      if (wrong == null && isSuspended) {
        wrong = SUSPENDED;
      }
      if (wrong == null && !isEnd) {
        connection.idleSinceNanos = System.nanoTime();
        serve(connection);
        return;
      }
    } finally {
      lock.unlock();
    }
    discard(connection, wrong == null ? "the data source is closed" : wrong, lease);
  }

  /** To the first waiter, or to the idle ones. Null is a place to open a connection. */
  @GuardedBy("lock")
  private void serve(@Nullable PooledConnection connection) {
    Waiter first = isSuspended ? null : waiters.poll();
    if (first != null) {
      first.connection = connection;
      first.isServed = true;
      first.served.signal();
    } else if (connection != null) {
      idle.push(connection);
    } else {
      places--;
      settled.signalAll();
    }
  }

  private void placeIsFree() {
    lock.lock();
    try {
      serve(null);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a connection that is neither lent nor idle any more, and frees its place. */
  private void discard(PooledConnection connection, String reason, @Nullable Lease lease) {
    boolean isOurs = connection.owner.equals(identity.current());
    if (!isOurs || lease != null && lease.isBroken()) {
      connection.drop();
    } else {
      connection.close();
    }
    placeIsFree();
    if (!reason.startsWith("it is older") && !reason.startsWith("the data source")) {
      tell(new GuardEvent.ConnectionDropped(reason, lease == null ? null : lease.borrowed));
    }
  }

  // ---- housekeeping

  @GuardedBy("lock")
  private void startHousekeeper() {
    if (!isHousekeeperStarted) {
      isHousekeeperStarted = true;
      Thread.ofVirtual().name("vaquita-client-housekeeper").start(this::keepHouse);
    }
  }

  /** Once a second, until the pool is closed or nothing is left to look after. */
  private void keepHouse() {
    while (true) {
      List<GuardEvent> events = new ArrayList<>();
      List<PooledConnection> old = new ArrayList<>();
      lock.lock();
      try {
        if (isClosed || places == 0) {
          isHousekeeperStarted = false;
          return;
        }
        closing.awaitNanos(HOUSEKEEPING.toNanos());
        long now = System.nanoTime();
        findLeaks(now, events);
        while (!idle.isEmpty()
            && isOver(options.idleTimeout(), now - idle.getLast().idleSinceNanos)) {
          old.add(idle.removeLast());
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
      events.forEach(this::tell);
      for (PooledConnection each : old) {
        each.close();
        placeIsFree();
      }
    }
  }

  @GuardedBy("lock")
  private void findLeaks(long now, List<GuardEvent> events) {
    for (Lease each : lent) {
      long age = now - each.borrowedNanos;
      if (!each.isLeakReported && isOver(options.leakThreshold(), age)) {
        each.isLeakReported = true;
        events.add(
            new GuardEvent.LeakSuspected(Duration.ofNanos(age), each.borrower, each.borrowed));
      }
    }
  }

  // ---- the end

  /**
   * Drops all connections without a COM_QUIT, lent ones too: their users get an error at the next call. Until {@link #resume} none is
   * opened, and borrowers wait.
   *
   * @throws SQLException when one that is just being opened, asked or closed does not end within 10 seconds or {@code connectTimeout}
   */
  void suspend(String reason) throws SQLException {
    List<Lease> inUse;
    List<PooledConnection> gone;
    lock.lock();
    try {
      isSuspended = true;
      inUse = new ArrayList<>(lent);
      gone = new ArrayList<>(idle);
      idle.clear();
    } finally {
      lock.unlock();
    }
    for (Lease each : inUse) {
      each.broken(reason);
      each.connection.drop();
    }
    for (PooledConnection each : gone) {
      each.drop();
      placeIsFree();
      tell(new GuardEvent.ConnectionDropped(reason, null));
    }
    awaitSettled();
  }

  /** Until every connection is gone, but for those that are lent and dropped. */
  private void awaitSettled() throws SQLException {
    long left = Math.max(nanos(options.connectTimeout()), SETTLING.toNanos());
    lock.lock();
    try {
      while (places > lent.size() && left > 0) {
        left = settled.awaitNanos(left);
      }
      if (places > lent.size()) {
        throw new SQLNonTransientConnectionException(
            places - lent.size() + " connection(s) are still being opened or closed", "08001");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLNonTransientConnectionException("interrupted before a checkpoint", "08001", e);
    } finally {
      lock.unlock();
    }
  }

  /** Goes on after {@link #suspend}: whoever waits may open connections. */
  void resume() {
    lock.lock();
    try {
      isSuspended = false;
      while (!waiters.isEmpty() && places < options.maximumSize()) {
        places++;
        serve(null);
      }
    } finally {
      lock.unlock();
    }
  }

  PoolState state() {
    lock.lock();
    try {
      return new PoolState(lent.size(), idle.size(), waiters.size(), isClosed);
    } finally {
      lock.unlock();
    }
  }

  /** Idle connections are closed; lent ones when they come back; waiters and new borrowers get an error. */
  @Override
  public void close() {
    List<PooledConnection> gone;
    lock.lock();
    try {
      isClosed = true;
      gone = new ArrayList<>(idle);
      idle.clear();
      places -= gone.size();
      for (Waiter each : waiters) {
        each.served.signal();
      }
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    gone.forEach(PooledConnection::close);
  }
}
