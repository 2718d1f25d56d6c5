package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.DeadlockView.ParticipantView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import io.vaquita.introspection.ServerState.ProcessEntry;
import io.vaquita.introspection.ServerState.TransactionView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of SHOW ENGINE INNODB STATUS: the sections about transactions and the last deadlock in InnoDB's words, which monitoring programs
 * look for, and nothing of the sections about an engine that is not there. Confined to one statement.
 */
public final class InnodbStatus {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final ServerState state;
  private final StringBuilder text = new StringBuilder(2000);

  public InnodbStatus(ServerState state) {
    this.state = state;
  }

  public String text() {
    text.append("\n=====================================\n");
    text.append(time(state.nowMicros())).append(" INNODB MONITOR OUTPUT\n");
    text.append("=====================================\n");
    List<DeadlockView> deadlocks = state.deadlocks();
    if (!deadlocks.isEmpty()) {
      heading("LATEST DETECTED DEADLOCK");
      deadlock(deadlocks.getLast());
    }
    heading("TRANSACTIONS");
    transactions();
    text.append("----------------------------\nEND OF INNODB MONITOR OUTPUT\n");
    text.append("============================\n");
    return text.toString();
  }

  private void heading(String title) {
    String line = "-".repeat(title.length());
    text.append(line).append('\n').append(title).append('\n').append(line).append('\n');
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).format(TIME);
  }

  private void deadlock(DeadlockView deadlock) {
    text.append(time(deadlock.wallMicros())).append('\n');
    int number = 1;
    for (ParticipantView each : deadlock.participants()) {
      text.append("*** (").append(number).append(") TRANSACTION:\n");
      text.append("undo log entries ").append(each.rowsWritten()).append('\n');
      text.append("MySQL thread id ").append(each.connectionId()).append(", ");
      text.append(each.account());
      text.append(each.program() == null ? "" : " " + each.program()).append('\n');
      text.append(each.statement() == null ? "" : each.statement() + "\n");
      text.append("*** (").append(number).append(") WAITING FOR THIS LOCK TO BE GRANTED:\n");
      lock(each.waitsFor());
      boolean holds = each.blockedBy().granted();
      text.append("*** (").append(number % deadlock.participants().size() + 1);
      text.append(holds ? ") HOLDS THE LOCK:\n" : ") HAS WAITED LONGER FOR THE LOCK:\n");
      lock(each.blockedBy());
      number++;
    }
    text.append("*** WE ROLL BACK TRANSACTION (").append(deadlock.victim() + 1).append(")\n");
  }

  private void lock(LockView lock) {
    switch (lock.kind()) {
      case "RECORD" -> {
        text.append("RECORD LOCKS index ").append(lock.index()).append(" of table ");
        text.append(table(lock)).append(" lock mode ").append(lock.mode());
        text.append(", record ").append(lock.data());
      }
      case "TABLE_LOCK" -> {
        text.append("TABLE LOCK table ").append(table(lock));
        text.append(" lock mode ").append(lock.mode());
      }
      default -> text.append("METADATA LOCK ").append(lock.describe());
    }
    text.append(lock.granted() ? "\n" : " waiting\n");
  }

  private static String table(LockView lock) {
    return "`" + lock.schema() + "`.`" + lock.name() + "`";
  }

  private void transactions() {
    TransactionRows held = new TransactionRows(state);
    Map<Long, LockView> waiting = new HashMap<>();
    for (LockWaitView wait : state.lockWaits()) {
      waiting.put(wait.waiting().connectionId(), wait.waiting());
    }
    Map<Long, ProcessEntry> processes = new HashMap<>();
    state.processes().forEach(p -> processes.put(p.id(), p));
    text.append("LIST OF TRANSACTIONS FOR EACH SESSION:\n");
    for (TransactionView each : state.transactions()) {
      long seconds = Math.max(0, (state.nowMicros() - each.startMicros()) / 1_000_000);
      text.append("---TRANSACTION ").append(each.number());
      text.append(", ACTIVE ").append(seconds).append(" sec\n");
      LockView wait = waiting.get(each.connectionId());
      text.append(wait == null ? "" : "LOCK WAIT ");
      text.append(held.rowsLocked(each.connectionId())).append(" row lock(s), undo log entries ");
      text.append(each.rowsModified()).append('\n');
      ProcessEntry process = processes.get(each.connectionId());
      text.append("MySQL thread id ").append(each.connectionId());
      if (process != null) {
        text.append(", ").append(process.host()).append(' ').append(process.user());
        text.append(' ').append(process.state()).append('\n');
        text.append(process.statement() == null ? "" : process.statement() + "\n");
      }
      if (wait != null) {
        text.append("------- TRX HAS BEEN WAITING ").append(wait.ageMillis() / 1000);
        text.append(" SEC FOR THIS LOCK TO BE GRANTED:\n");
        lock(wait);
        text.append("------------------\n");
      }
    }
  }
}
