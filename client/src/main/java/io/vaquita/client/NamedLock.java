package io.vaquita.client;

import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * One holding of a named lock; a recursive lock has one such object for each acquisition. Thread-safe. That it is gone is said by a {@link
 * LockLostException}, of {@link #ensureHeld} and of {@link #close}, and to those who asked by {@link #onLost}.
 *
 * <pre>{@code
 * try (NamedLock lock = locks.acquire("nightly-report", Duration.ofSeconds(10))) {
 *   lock.onLost(worker::interrupt);
 *   …
 *   lock.ensureHeld();
 * }
 * }</pre>
 */
public final class NamedLock implements AutoCloseable {
  private final LockSession session;
  private final String name;
  private final OptionalLong token;
  private volatile boolean closesItsSession;

  NamedLock(LockSession session, String name, OptionalLong token) {
    this.session = session;
    this.name = name;
    this.token = token;
  }

  NamedLock closingItsSession() {
    closesItsSession = true;
    return this;
  }

  /** The lock's name, as it was asked for. */
  public String name() {
    return name;
  }

  /**
   * A number that only rises for this name, across restarts of the server too, where the server has such (Vaquita). Hand it on with
   * each write that the lock protects, and let the receiver refuse a lower number than it has seen.
   */
  public OptionalLong token() {
    return token;
  }

  /** What was last known, without asking the server. */
  public boolean isHeld() {
    return session.isHeld(this);
  }

  /**
   * Asks the server.
   *
   * @throws LockLostException when the lock is no longer held
   */
  public void ensureHeld() throws SQLException {
    session.ensureHeld(this);
  }

  /** Runs on a thread of the session's as soon as the loss is noticed; at once when it was already. It must not block. */
  public void onLost(Runnable action) {
    session.onLost(this, action);
  }

  /**
   * Releases this acquisition; nothing when it is released already.
   *
   * @throws LockLostException when the lock had been lost: what was done under it may not have been protected
   */
  @Override
  public void close() throws SQLException {
    try {
      session.release(this);
    } finally {
      if (closesItsSession) {
        session.close();
      }
    }
  }
}
