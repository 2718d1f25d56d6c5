package io.vaquita.session;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.UserLocks;
import io.vaquita.transaction.FencedUserLocks;
import org.jspecify.annotations.Nullable;

/** GET_LOCK() and its family over the lock table, with the session's options. Confined to the session's thread. */
final class SessionUserLocks implements UserLocks {
  private final EngineSession session;
  private @Nullable FencedUserLocks made;

  SessionUserLocks(EngineSession session) {
    this.session = session;
  }

  private FencedUserLocks locks() {
    FencedUserLocks locks = made;
    if (locks == null) {
      locks = session.engine().transactions().userLocks(session.owner());
      made = locks;
    }
    return locks;
  }

  @Override
  public boolean acquire(@Nullable String name, long timeoutSeconds) {
    String before = session.activity().state();
    session.setState("User lock");
    try {
      boolean taken = locks().acquire(name, bounded(timeoutSeconds));
      if (!taken && session.variables().isOn("user_lock_error_on_timeout")) {
        throw MySqlError.ER_LOCK_WAIT_TIMEOUT.exception();
      }
      return taken;
    } finally {
      session.setState(before);
    }
  }

  /** {@code user_lock_wait_timeout} bounds every wait, the infinite ones too; 0: no bound. */
  private long bounded(long timeoutSeconds) {
    long bound = session.variables().getLong("user_lock_wait_timeout");
    if (bound == 0) {
      return timeoutSeconds;
    }
    return timeoutSeconds < 0 ? bound : Math.min(timeoutSeconds, bound);
  }

  @Override
  public @Nullable Long release(@Nullable String name) {
    return locks().release(name);
  }

  @Override
  public long releaseAll() {
    return locks().releaseAll();
  }

  @Override
  public @Nullable Long holder(@Nullable String name) {
    return locks().holder(name);
  }

  @Override
  public @Nullable Long token(@Nullable String name) {
    return locks().token(name);
  }
}
