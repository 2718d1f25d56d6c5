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
   */
  public record Participant(
      long connectionId,
      String account,
      @Nullable String program,
      @Nullable String statement,
      LockEntry waitsFor,
      LockEntry blockedBy,
      long rowsWritten) {}

  public Participant victimParticipant() {
    return participants.get(victim);
  }

  /** The cycle as lines of text, for the error log and SHOW ENGINE INNODB STATUS. */
  public String describe() {
    StringBuilder text = new StringBuilder(400);
    for (int i = 0; i < participants.size(); i++) {
      Participant p = participants.get(i);
      text.append("*** (").append(i + 1).append(") connection ").append(p.connectionId);
      text.append(", ").append(p.account);
      if (p.program != null) {
        text.append(", ").append(p.program);
      }
      text.append(", ").append(p.rowsWritten).append(" row(s) written, waits since ");
      text.append(p.waitsFor.ageMillis()).append(" ms\n    statement: ");
      text.append(p.statement == null ? "(none)" : p.statement);
      text.append("\n    waits for ").append(p.waitsFor.modeLabel()).append(" on ");
      text.append(p.waitsFor.target()).append("\n    which connection ");
      text.append(p.blockedBy.owner().id());
      text.append(p.blockedBy.granted() ? " holds as " : " waits for before it as ");
      text.append(p.blockedBy.modeLabel()).append('\n');
    }
    text.append("*** WE ROLL BACK (").append(victim + 1).append(")\n");
    return text.toString();
  }
}
