package io.vaquita.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection that holds named locks, any number of them, each any number of times. Errors: {@link LockTimeoutException} when a lock
 * was not had in time, {@link LockLostException} when those that were held are gone, any other {@link SQLException} as the driver has it.
 *
 * <p>Thread-safe: {@code wire} lets one thread use the connection at a time and is held while a lock is waited for; {@code state} guards
 * what is held and is never held across a call. Order: {@code wire} before {@code state}. Listeners run with neither held.
 *
 * <pre>{@code
 * try (LockSession session = locks.open()) {
 *   session.acquire("a", Duration.ofSeconds(5));
 *   session.acquire("b", Duration.ofSeconds(5));
 *   …
 * } // both are released, and the connection goes back
 * }</pre>
 */
public final class LockSession implements AutoCloseable {
  /** How long the server has for an answer that needs no waiting. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Connection connection;
  private final Duration checkEvery;
  private final boolean hasTokens;
  private final ReentrantLock wire = new ReentrantLock(true);
  private final ReentrantLock state = new ReentrantLock();
  private final Condition ended = state.newCondition();

  /** With what to run when it is lost. */
  @GuardedBy("state")
  private final Map<NamedLock, List<Runnable>> held = new LinkedHashMap<>();

  @GuardedBy("state")
  private @Nullable Throwable loss;

  @GuardedBy("state")
  private boolean isClosed;

  @GuardedBy("state")
  private boolean isWatched;

  LockSession(Connection connection, Duration checkEvery) throws SQLException {
    this.connection = connection;
    this.checkEvery = checkEvery;
    this.hasTokens = isVaquita(connection);
  }

  private static boolean isVaquita(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT @@version_comment");
        ResultSet rows = query.executeQuery()) {
      return rows.next() && String.valueOf(rows.getString(1)).contains("Vaquita");
    }
  }

  /**
   * Takes a lock, waiting for at most {@code wait} (rounded up to whole seconds; zero tries once). A lock that this session has is had
   * once more, at once.
   *
   * @throws LockTimeoutException when it was not had in time
   * @throws LockLostException when this session has lost its connection before
   * @throws SQLException MySQL's 3058 when waiting would close a cycle of locks; what was held before is still held. When the connection breaks
   *     in the call, also by an interrupt of the thread where the driver's socket ends with one (on virtual threads and inside the process),
   *     the session is lost with all its locks. An interrupt while another thread of this session waits in a call changes nothing
   */
  public NamedLock acquire(String name, Duration wait) throws SQLException {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("a wait must not be negative: " + wait);
    }
    lockWire();
    try {
      ensureUsable(name);
      long seconds = Math.min(Integer.MAX_VALUE / 2000, wait.plusNanos(999_999_999).toSeconds());
      if (getLock(name, seconds) != 1) {
        throw new LockTimeoutException(name, wait, holderOf(name));
      }
      NamedLock lock = new NamedLock(this, name, token(name));
      state.lock();
      try {
        held.put(lock, new ArrayList<>());
        watch();
      } finally {
        state.unlock();
      }
      return lock;
    } catch (SQLException e) {
      loseIfBroken(e);
      throw e;
    } finally {
      wire.unlock();
    }
  }

  private void lockWire() throws SQLException {
    try {
      wire.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException(
          "interrupted while another thread uses this session of locks", "70100", 1317, e);
    }
  }

  /** What a connection held is gone with it, before its next check says so. */
  private void loseIfBroken(SQLException e) {
    String state = e.getSQLState();
    boolean isBroken = state != null && state.startsWith("08");
    try {
      isBroken |= connection.isClosed();
    } catch (SQLException second) {
      isBroken = true;
    }
    if (isBroken) {
      lost(e);
    }
  }

  /**
   * Takes several locks in the order of their names, so that sessions that ask for the same ones do not deadlock; all or none. {@code
   * wait} is for all together.
   *
   * @throws SQLException as {@link #acquire} says; what this call had taken before is released then
   */
  public List<NamedLock> acquireAll(Collection<String> names, Duration wait) throws SQLException {
    long end = System.nanoTime() + wait.toNanos();
    List<NamedLock> taken = new ArrayList<>();
    try {
      for (String name : new TreeSet<>(names)) {
        taken.add(acquire(name, Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
      }
      return taken;
    } catch (SQLException | RuntimeException e) {
      for (NamedLock each : taken.reversed()) {
        try {
          release(each);
        } catch (SQLException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
  }

  private long getLock(String name, long seconds) throws SQLException {
    setNetworkTimeout(Duration.ofSeconds(seconds).plus(ANSWER));
    long answer;
    try (PreparedStatement call = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
      call.setQueryTimeout(0);
      call.setString(1, name);
      call.setLong(2, seconds);
      try (ResultSet rows = call.executeQuery()) {
        answer = rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException e) {
      try {
        setNetworkTimeout(ANSWER);
      } catch (SQLException second) {
        // what went wrong first is the news
        e.addSuppressed(second);
      }
      throw e;
    }
    setNetworkTimeout(ANSWER);
    return answer;
  }

  private void setNetworkTimeout(Duration timeout) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
    } catch (SQLFeatureNotSupportedException e) {
      // such a driver waits as long as its own settings say
    }
  }

  private String holderOf(String name) throws SQLException {
    String holder = ask("SELECT IS_USED_LOCK(?)", name);
    return holder == null ? "it is free by now" : "connection " + holder + " holds it";
  }

  private OptionalLong token(String name) throws SQLException {
    String number = hasTokens ? ask("SELECT vaquita_lock_token(?)", name) : null;
    return number == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
  }

  private @Nullable String ask(String sql, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private void ensureUsable(String name) throws LockLostException {
    state.lock();
    try {
      if (isClosed || loss != null) {
        throw new LockLostException(name, loss);
      }
    } finally {
      state.unlock();
    }
  }

  boolean isHeld(NamedLock lock) {
    state.lock();
    try {
      return loss == null && held.containsKey(lock);
    } finally {
      state.unlock();
    }
  }

  void ensureHeld(NamedLock lock) throws SQLException {
    if (!isHeld(lock)) {
      throw new LockLostException(lock.name(), cause());
    }
    wire.lock();
    try {
      String mine = ask("SELECT IS_USED_LOCK(?) = CONNECTION_ID()", lock.name());
      if (!"1".equals(mine)) {
        lost(null);
        throw new LockLostException(lock.name(), null);
      }
    } catch (LockLostException e) {
      throw e;
    } catch (SQLException e) {
      lost(e);
      throw new LockLostException(lock.name(), e);
    } finally {
      wire.unlock();
    }
  }

  private @Nullable Throwable cause() {
    state.lock();
    try {
      return loss;
    } finally {
      state.unlock();
    }
  }

  void onLost(NamedLock lock, Runnable action) {
    state.lock();
    try {
      List<Runnable> actions = held.get(lock);
      if (loss == null && actions != null) {
        actions.add(action);
        return;
      }
      if (loss == null) {
        return;
      }
    } finally {
      state.unlock();
    }
    action.run();
  }

  void release(NamedLock lock) throws SQLException {
    boolean wasHeld;
    Throwable why;
    wire.lock();
    try {
      state.lock();
      try {
        wasHeld = held.remove(lock) != null;
        why = loss;
      } finally {
        state.unlock();
      }
      if (!wasHeld) {
        return;
      }
      if (why != null) {
        throw new LockLostException(lock.name(), why);
      }
      if (!"1".equals(ask("SELECT RELEASE_LOCK(?)", lock.name()))) {
        throw new LockLostException(lock.name(), null);
      }
    } finally {
      wire.unlock();
    }
  }

  // ---- watching

  @GuardedBy("state")
  private void watch() {
    if (!isWatched) {
      isWatched = true;
      Thread.ofVirtual().name("vaquita-client-locks").start(this::keepWatch);
    }
  }

  /** Asks for all locks every so often, which also keeps the connection from being closed for idleness. Ends with the session, or the loss. */
  private void keepWatch() {
    while (awaitNextCheck()) {
      boolean isMine = false;
      try {
        if (!wire.tryLock(checkEvery.toNanos(), TimeUnit.NANOSECONDS)) {
          continue; // somebody waits for a further lock: the server answers him when the connection
          // dies
        }
        isMine = true;
        for (String name : names()) {
          if (!"1".equals(ask("SELECT IS_USED_LOCK(?) = CONNECTION_ID()", name))) {
            lost(null);
            return;
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException e) {
        lost(e);
        return;
      } finally {
        if (isMine) {
          wire.unlock();
        }
      }
    }
  }

  private boolean awaitNextCheck() {
    state.lock();
    try {
      long left = checkEvery.toNanos();
      while (left > 0 && !isClosed && loss == null) {
        left = ended.awaitNanos(left);
      }
      return !isClosed && loss == null;
    } catch (InterruptedException e) {
      return false;
    } finally {
      state.unlock();
    }
  }

  private TreeSet<String> names() {
    state.lock();
    try {
      TreeSet<String> names = new TreeSet<>();
      held.keySet().forEach(lock -> names.add(lock.name()));
      return names;
    } finally {
      state.unlock();
    }
  }

  /** All locks are lost with the connection, or cannot be trusted any more: told once. */
  private void lost(@Nullable SQLException error) {
    List<Runnable> actions = new ArrayList<>();
    state.lock();
    try {
      if (loss != null || isClosed) {
        return;
      }
      loss = error != null ? error : new LockLostException("of this session", null);
      held.values().forEach(actions::addAll);
      ended.signalAll();
    } finally {
      state.unlock();
    }
    Thread.ofVirtual().name("vaquita-client-lost").start(() -> actions.forEach(Runnable::run));
  }

  /** Releases all locks that are left and gives the connection back; where releasing fails, the connection is closed for good instead. */
  @Override
  public void close() throws SQLException {
    wire.lock();
    try {
      int left;
      boolean isLost;
      state.lock();
      try {
        if (isClosed) {
          return;
        }
        isClosed = true;
        left = held.size();
        isLost = loss != null;
        ended.signalAll();
      } finally {
        state.unlock();
      }
      if (isLost || left > 0 && !releaseAll()) {
        connection.abort(Runnable::run);
      }
      connection.close();
    } finally {
      wire.unlock();
    }
  }

  private boolean releaseAll() {
    List<NamedLock> locks;
    state.lock();
    try {
      locks = new ArrayList<>(held.keySet());
      held.clear();
    } finally {
      state.unlock();
    }
    try {
      for (NamedLock each : locks.reversed()) {
        ask("SELECT RELEASE_LOCK(?)", each.name());
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
