package io.vaquita.expression;

import org.jspecify.annotations.Nullable;

/** The session's user-level locks: what GET_LOCK() and its family call. The session implements it over the lock table. */
public interface UserLocks {
  /** Returns true when taken, false after the timeout. Negative: without end. Throws 3057, 4163, 3058, 1317, 3024. */
  boolean acquire(@Nullable String name, long timeoutSeconds);

  /** 1 released, 0 held by another session, null held by nobody. */
  @Nullable Long release(@Nullable String name);

  long releaseAll();

  /** The holder's connection id, or null when free. */
  @Nullable Long holder(@Nullable String name);

  /** The fencing number that the holder got; null when this session does not hold the lock. */
  @Nullable Long token(@Nullable String name);
}
