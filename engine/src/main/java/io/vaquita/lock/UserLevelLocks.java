package io.vaquita.lock;

import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One session's user-level locks: GET_LOCK() and its family. Confined to the session's thread, except for {@link #depthOf}.
 *
 * <p>A name is one exclusive, explicit metadata lock; recursion is counted here. Every first acquisition of a name takes a number
 * from one sequence of the whole lock table, so that numbers rise for each name: the fencing number.
 */
public final class UserLevelLocks {
  /** 2147483647 s, MySQL's clamp. */
  private static final long TIMEOUT_SECONDS_MAX = Integer.MAX_VALUE;

  private static final class Held {
    final Lock lock;
    final long token;

    /** Written by the session's thread, read by views of others. */
    volatile int count = 1;

    Held(Lock lock, long token) {
      this.lock = lock;
      this.token = token;
    }
  }

  private final LockTable table;
  private final LockOwner owner;
  private final Map<String, Held> held = new ConcurrentHashMap<>(4);

  UserLevelLocks(LockTable table, LockOwner owner) {
    this.table = table;
    this.owner = owner;
  }

  /**
   * GET_LOCK().
   *
   * @param timeoutSeconds negative: without end; 0: try once
   * @return false after the timeout
   * @throws io.vaquita.error.DatabaseException 3057, 4163, 3058, 1317, 3024, 1053
   */
  public boolean acquire(@Nullable String name, long timeoutSeconds) {
    String key = UserLockName.canonical(name);
    Held mine = held.get(key);
    if (mine != null) {
      int deeper = mine.count + 1;
      mine.count = deeper;
      return true;
    }
    MetadataTarget target = MetadataTarget.userLock(key);
    Object answer =
        table.requestMetadata(
            owner,
            target,
            LockMode.EXCLUSIVE,
            LockDuration.EXPLICIT,
            null,
            false,
            timeoutSeconds != 0);
    Lock lock = answer instanceof Wait wait ? await(wait, timeoutSeconds) : (Lock) answer;
    if (lock == null) {
      return false;
    }
    held.put(key, new Held(lock, table.nextToken()));
    return true;
  }

  private @Nullable Lock await(Wait wait, long timeoutSeconds) {
    boolean endless = timeoutSeconds < 0 || timeoutSeconds > TIMEOUT_SECONDS_MAX;
    long seconds = endless ? TIMEOUT_SECONDS_MAX : timeoutSeconds;
    return owner.waiting().unlessTimeout(wait, seconds * 1000);
  }

  /** RELEASE_LOCK(): 1 released or counted down, 0 held by another session, null held by nobody. */
  public @Nullable Long release(@Nullable String name) {
    String key = UserLockName.canonical(name);
    Held mine = held.get(key);
    if (mine == null) {
      return table.holderOf(MetadataTarget.userLock(key)) == null ? null : 0L;
    }
    int left = mine.count - 1;
    if (left > 0) {
      mine.count = left;
    } else {
      held.remove(key);
      table.release(mine.lock);
    }
    return 1L;
  }

  /** RELEASE_ALL_LOCKS(): how many acquisitions were released, recursion included. */
  public long releaseAll() {
    long released = 0;
    for (Held mine : held.values()) {
      released += mine.count;
      table.release(mine.lock);
    }
    held.clear();
    return released;
  }

  /** IS_USED_LOCK(): the holder's connection id, or null when free. */
  public @Nullable Long holder(@Nullable String name) {
    LockOwner holder = table.holderOf(MetadataTarget.userLock(UserLockName.canonical(name)));
    return holder == null ? null : holder.id();
  }

  /** The number that this session got with the lock, or null when it does not hold it. */
  public @Nullable Long token(@Nullable String name) {
    Held mine = held.get(UserLockName.canonical(name));
    return mine == null ? null : mine.token;
  }

  /** For any thread: how often the name, as the lock table knows it, is held; 1 also in the moment before that is known. */
  int depthOf(String canonicalName) {
    Held mine = held.get(canonicalName);
    return mine == null ? 1 : mine.count;
  }
}
