package io.vaquita.transaction;

import io.vaquita.lock.LockOwner;
import io.vaquita.lock.UserLevelLocks;
import org.jspecify.annotations.Nullable;

/**
 * One session's user-level locks with fencing numbers that rise across restarts: all that GET_LOCK() and its family need. Confined
 * to the session's thread.
 */
public final class FencedUserLocks {
  private final UserLevelLocks locks;
  private final FencingNumbers numbers;

  FencedUserLocks(LockOwner owner, FencingNumbers numbers) {
    this.locks = owner.userLocks();
    this.numbers = numbers;
  }

  /** GET_LOCK(): see {@link UserLevelLocks#acquire}. */
  public boolean acquire(@Nullable String name, long timeoutSeconds) {
    return locks.acquire(name, timeoutSeconds);
  }

  /** RELEASE_LOCK(). */
  public @Nullable Long release(@Nullable String name) {
    return locks.release(name);
  }

  /** RELEASE_ALL_LOCKS(). */
  public long releaseAll() {
    return locks.releaseAll();
  }

  /** IS_USED_LOCK(), and IS_FREE_LOCK() turned round. */
  public @Nullable Long holder(@Nullable String name) {
    return locks.holder(name);
  }

  /** VAQUITA_LOCK_TOKEN(). */
  public @Nullable Long token(@Nullable String name) {
    Long token = locks.token(name);
    if (token != null) {
      numbers.makeDurable(token);
    }
    return token;
  }
}
