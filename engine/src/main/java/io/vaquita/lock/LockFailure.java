package io.vaquita.lock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an owner's last wait failed, for the warning that follows the error. Immutable.
 *
 * @param waiting what it waited for
 * @param blocking what stood in its way at the end, with its owners' statements as they were then
 * @param deadlock the cycle, when it was its victim
 */
public record LockFailure(LockEntry waiting, List<Blocker> blocking, @Nullable Deadlock deadlock) {
  public LockFailure {
    blocking = List.copyOf(blocking);
  }

  /** Whether it waited for a row or for one of InnoDB's table locks, not for metadata or a named lock. */
  public boolean isForRows() {
    return !waiting.mode().isMetadata();
  }

  /** One blocking lock and who held it. Immutable. */
  public record Blocker(
      LockEntry lock, String account, @Nullable String program, @Nullable String statement) {
    static Blocker of(LockEntry lock) {
      OwnerInfo info = lock.owner().info();
      return new Blocker(lock, info.account(), info.program(), info.statement());
    }
  }
}
