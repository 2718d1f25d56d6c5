package io.vaquita.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Named locks (GET_LOCK) that own their connection: between processes and machines, for whoever talks to the same server. On MySQL 5.7
 * and newer, MariaDB and Vaquita.
 *
 * <p>A named lock lives as long as its connection. So each {@link LockSession} takes a connection for itself, keeps it awake by asking
 * the server every few seconds whether the locks are still held, tells when one was lost, and gives the connection back only after all
 * its locks are released. Work that must not be done twice even if the lock was lost unnoticed for a moment needs a fencing number
 * ({@link NamedLock#token}).
 *
 * <p>Names have up to 64 characters; case matters on MariaDB only. Thread-safe. Errors: {@link LockTimeoutException} for a lock that
 * was not had in time, {@link LockLostException} for one that was had and is gone; otherwise the driver's or the pool's own.
 *
 * <pre>{@code
 * NamedLocks locks = NamedLocks.over(source);
 * try (NamedLock lock = locks.acquire("nightly-report", Duration.ofSeconds(10))) {
 *   …
 *   lock.ensureHeld();
 * }
 * }</pre>
 */
public final class NamedLocks {
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  private final DataSource source;
  private final Duration checkEvery;

  private NamedLocks(DataSource source, Duration checkEvery) {
    this.source = source;
    this.checkEvery = checkEvery;
  }

  /** Held locks are checked every 5 seconds. */
  public static NamedLocks over(DataSource source) {
    return over(source, CHECK_EVERY);
  }

  /** With another interval of checking: a loss is noticed after one and a half intervals at most. */
  public static NamedLocks over(DataSource source, Duration checkEvery) {
    if (!checkEvery.isPositive()) {
      throw new IllegalArgumentException("checkEvery must be positive, not " + checkEvery);
    }
    return new NamedLocks(source, checkEvery);
  }

  /**
   * A connection of its own for several or recursive locks. Close it.
   *
   * @throws SQLException when the data source has no connection to give
   */
  public LockSession open() throws SQLException {
    Connection connection = source.getConnection();
    try {
      return new LockSession(connection, checkEvery);
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  /**
   * One lock, waiting for at most {@code wait} (rounded up to whole seconds; zero tries once). Closing it gives the connection back.
   *
   * @throws LockTimeoutException when it was not had in time
   * @throws SQLException MySQL's 3058 when waiting would close a cycle of locks; nothing is held then. An interrupt of the thread ends the wait
   *     where it ends the driver's (on virtual threads and inside the process): the lock is not held, and the connection is gone
   */
  public NamedLock acquire(String name, Duration wait) throws SQLException {
    LockSession session = open();
    try {
      return session.acquire(name, wait).closingItsSession();
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, session);
      throw e;
    }
  }

  private static void closeAfter(Exception error, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception second) {
      error.addSuppressed(second);
    }
  }

  /**
   * One lock if it is free now.
   *
   * @throws SQLException as {@link #acquire} does, but for the timeout
   */
  public Optional<NamedLock> tryAcquire(String name) throws SQLException {
    try {
      return Optional.of(acquire(name, Duration.ZERO));
    } catch (LockTimeoutException e) {
      return Optional.empty();
    }
  }
}
