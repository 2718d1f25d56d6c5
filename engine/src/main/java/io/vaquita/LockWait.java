package io.vaquita;

import java.util.List;

/**
 * A wait for a lock, as it was when somebody looked. Immutable.
 *
 * <pre>{@code
 * LockWait wait = database.awaitBlocked(session.id(), done::get, Duration.ofSeconds(10));
 * assertEquals(List.of(other.id()), wait.blockedBy());
 * }</pre>
 *
 * @param connectionId who waits
 * @param target what for: {@code user level lock job}, {@code table test.t}, …
 * @param mode the lock mode asked for, as MySQL's views name it
 * @param blockedBy the ids of the connections in its way: holders, and earlier waiters whose requests conflict while they wait
 */
public record LockWait(long connectionId, String target, String mode, List<Long> blockedBy) {
  /** Copies the list. */
  public LockWait {
    blockedBy = List.copyOf(blockedBy);
  }
}
