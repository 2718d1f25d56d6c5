package io.vaquita.lock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cycle of waits that was found and broken. Immutable.
 *
 * @param number counts deadlocks since the lock table began
 * @param participants in the order of the cycle: each waits for a lock of the next, the last for one of the first
 * @param victim index of the participant whose wait was ended
 */
public record Deadlock(long number, long wallMicros, List<Participant> participants, int victim) {
  public Deadlock {
    participants = List.copyOf(participants);
  }

  /**
   * One session in the cycle.
   *
   * @param waitsFor the lock it asks for
   * @param blockedBy the lock or earlier wait of the next participant that is in its way
   * @param rowsWritten by its transaction
   * @param held by it, without what it waits for
   * @param work its transaction
   */
  public record Participant(
      long connectionId,
      String account,
      @Nullable String program,
      @Nullable String statement,
      LockEntry waitsFor,
      LockEntry blockedBy,
      long rowsWritten,
      HeldLocks held,
      OwnerInfo.@Nullable Work work) {}

  public Participant victimParticipant() {
    return participants.get(victim);
  }
}
