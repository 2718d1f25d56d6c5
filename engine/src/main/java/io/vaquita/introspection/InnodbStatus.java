package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.DeadlockView.ParticipantView;
import io.vaquita.introspection.ServerState.DeadlockView.WorkView;
import io.vaquita.introspection.ServerState.ForeignKeyFailure;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.ProcessEntry;
import io.vaquita.introspection.ServerState.StoreView;
import io.vaquita.introspection.ServerState.TransactionView;
import io.vaquita.introspection.TransactionRows.Locks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of SHOW ENGINE INNODB STATUS in InnoDB's words and order, which monitoring programs take apart: the last foreign key failure and
 * deadlock, transactions, log, buffer pool, rows. What Vaquita does not have is left out: semaphores, input and output threads, change
 * buffer, adaptive hash index, purge; of locks the page and the bytes of the record, in place of which stand the values of its key.
 * Confined to one statement.
 */
public final class InnodbStatus {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** The unit of the buffer pool's figures: innodb_page_size. */
  private static final long PAGE_BYTES = 16384;

  private final ServerState state;
  private final StringBuilder text = new StringBuilder(4000);

  public InnodbStatus(ServerState state) {
    this.state = state;
  }

  public String text() {
    Map<String, String> status = state.status(true);
    long uptime = Math.max(1, Long.parseLong(status.getOrDefault("Uptime", "1")));
    text.append("\n=====================================\n");
    text.append(time(state.nowMicros())).append(" INNODB MONITOR OUTPUT\n");
    text.append("=====================================\n");
    text.append("Per second averages calculated from the last ").append(uptime);
    text.append(" seconds\n");
    ForeignKeyFailure failure = state.foreignKeyFailure();
    if (failure != null) {
      heading("LATEST FOREIGN KEY ERROR");
      foreignKey(failure);
    }
    List<DeadlockView> deadlocks = state.deadlocks();
    if (!deadlocks.isEmpty()) {
      heading("LATEST DETECTED DEADLOCK");
      deadlock(deadlocks.getLast());
    }
    heading("TRANSACTIONS");
    transactions();
    StoreView store = state.store();
    if (store != null) {
      heading("LOG");
      log(store);
      heading("BUFFER POOL AND MEMORY");
      pool(store);
    }
    heading("ROW OPERATIONS");
    rowOperations(status, uptime);
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

  private void foreignKey(ForeignKeyFailure failure) {
    text.append(time(failure.wallMicros())).append(" Transaction:\n");
    WorkView work = failure.work();
    if (work != null) {
      transaction(work, failure.wallMicros());
      Locks locks = Locks.of(failure.held(), null);
      work(locks, failure.rowsWritten(), true);
      session(failure.connectionId(), work, failure.statement());
    }
    text.append("Foreign key constraint fails for table ")
        .append(failure.table())
        .append(":\n,\n  ");
    text.append(failure.constraint()).append('\n');
    text.append(
        failure.ofChild()
            ? "Trying to add in child table, but in parent table there is no such record\n"
            : "Trying to delete or update in parent table, but in child table there is a record\n");
  }

  private void deadlock(DeadlockView deadlock) {
    text.append(time(deadlock.wallMicros())).append('\n');
    // as in InnoDB, whose wait closed the cycle comes last
    List<ParticipantView> all = new ArrayList<>(deadlock.participants());
    Collections.rotate(all, -1);
    for (int i = 0; i < all.size(); i++) {
      ParticipantView each = all.get(i);
      String number = "*** (" + (i + 1) + ") ";
      text.append(number).append("TRANSACTION:\n");
      WorkView work = each.work();
      if (work != null) {
        transaction(work, deadlock.wallMicros());
        work(Locks.of(each.held(), each.waitsFor()), each.rowsWritten(), true);
        session(each.connectionId(), work, each.statement());
      } else {
        text.append("MySQL thread id ").append(each.connectionId()).append(' ');
        text.append(each.account()).append('\n');
        text.append(each.statement() == null ? "" : each.statement() + "\n");
      }
      LockView held = all.get((i + all.size() - 1) % all.size()).blockedBy();
      text.append('\n').append(number).append("HOLDS THE LOCK(S):\n");
      lock(held, numberOf(each));
      text.append('\n').append(number).append("WAITING FOR THIS LOCK TO BE GRANTED:\n");
      lock(each.waitsFor(), numberOf(each));
      text.append('\n');
    }
    int victim = Math.floorMod(deadlock.victim() - 1, all.size()) + 1;
    text.append("*** WE ROLL BACK TRANSACTION (").append(victim).append(")\n");
  }

  private static long numberOf(ParticipantView participant) {
    WorkView work = participant.work();
    return work == null ? participant.connectionId() : work.transaction();
  }

  private void transaction(WorkView work, long atMicros) {
    long seconds = Math.max(0, (atMicros - work.startMicros()) / 1_000_000);
    text.append("TRANSACTION ").append(work.transaction());
    text.append(", ACTIVE ").append(seconds).append(" sec");
    text.append(work.operation() == null ? "" : " " + work.operation()).append('\n');
  }

  private void work(Locks locks, long undoEntries, boolean inStatement) {
    if (inStatement && locks.tables() > 0) {
      text.append("mysql tables in use ").append(locks.tables());
      text.append(", locked ").append(locks.tables()).append('\n');
    }
    text.append(locks.waits() ? "LOCK WAIT " : "");
    text.append(locks.structs()).append(" lock struct(s), heap size ").append(locks.bytes());
    text.append(", ").append(locks.records()).append(" row lock(s)");
    text.append(undoEntries == 0 ? "" : ", undo log entries " + undoEntries).append('\n');
  }

  /** The query id is that of the session's events in performance_schema. */
  private void session(long connectionId, WorkView work, @Nullable String statement) {
    text.append("MySQL thread id ").append(connectionId);
    text.append(", query id ").append(work.statementNumber());
    text.append(' ').append(work.client());
    text.append(work.state().isEmpty() ? "" : " " + work.state()).append('\n');
    text.append(statement == null ? "" : statement + "\n");
  }

  private void lock(LockView lock, long transaction) {
    switch (lock.kind()) {
      case "RECORD" -> {
        text.append("RECORD LOCKS index ").append(lock.index()).append(" of table ");
        text.append(table(lock)).append(" trx id ").append(transaction);
        text.append(recordMode(lock.mode()));
      }
      case "TABLE_LOCK" -> {
        text.append("TABLE LOCK table ").append(table(lock)).append(" trx id ");
        text.append(transaction).append(" lock mode ").append(lock.mode());
      }
      default -> text.append("METADATA LOCK ").append(lock.describe());
    }
    text.append(lock.granted() ? "\n" : " waiting\n");
    if (lock.data() != null) {
      text.append("Record lock, key ").append(lock.data()).append('\n');
    }
  }

  /** From data_locks' way to write it, X,REC_NOT_GAP, to the status' own. */
  private static String recordMode(String label) {
    StringBuilder mode = new StringBuilder(label.startsWith("S") ? " lock mode S" : " lock_mode X");
    mode.append(label.contains(",GAP") ? " locks gap before rec" : "");
    mode.append(label.contains("REC_NOT_GAP") ? " locks rec but not gap" : "");
    mode.append(label.contains("INSERT_INTENTION") ? " insert intention" : "");
    return mode.toString();
  }

  private static String table(LockView lock) {
    return "`" + lock.schema() + "`.`" + lock.name() + "`";
  }

  private void transactions() {
    text.append("Trx id counter ").append(state.nextTransactionNumber()).append('\n');
    TransactionRows rows = new TransactionRows(state);
    Map<Long, ProcessEntry> processes = new HashMap<>();
    state.processes().forEach(p -> processes.put(p.id(), p));
    text.append("LIST OF TRANSACTIONS FOR EACH SESSION:\n");
    for (TransactionView each : state.transactions()) {
      LockView wait = rows.waiting().get(each.connectionId());
      Locks locks = rows.locks(each.connectionId());
      ProcessEntry process = processes.get(each.connectionId());
      WorkView work =
          new WorkView(
              each.number(),
              each.startMicros(),
              locks.waits() ? each.operation() : null,
              process == null ? "" : process.host() + " " + process.user(),
              process == null ? "" : process.state(),
              each.statementNumber());
      text.append("---");
      transaction(work, state.nowMicros());
      work(locks, each.rowsModified(), each.statement() != null);
      session(each.connectionId(), work, each.statement());
      if (wait != null) {
        text.append("------- TRX HAS BEEN WAITING ").append(wait.ageMillis() / 1000);
        text.append(" SEC FOR THIS LOCK TO BE GRANTED:\n");
        lock(wait, each.number());
        text.append("------------------\n");
      }
    }
  }

  /** Positions count commits here, not bytes. */
  private void log(StoreView store) {
    text.append("Log sequence number          ").append(store.position()).append('\n');
    text.append("Last checkpoint at           ").append(store.checkpointPosition()).append('\n');
    text.append(store.logSyncs()).append(" log i/o's done\n");
  }

  private void pool(StoreView store) {
    long used = store.cachedBytes() + store.dirtyBytes();
    long free = Math.max(0, store.budgetBytes() - used);
    text.append("Buffer pool size   ").append(store.budgetBytes() / PAGE_BYTES).append('\n');
    text.append("Free buffers       ").append(free / PAGE_BYTES).append('\n');
    text.append("Database pages     ").append(used / PAGE_BYTES).append('\n');
    text.append("Modified db pages  ").append(store.dirtyBytes() / PAGE_BYTES).append('\n');
    text.append("Pages read ").append(store.pagesRead());
    text.append(", written ").append(store.pagesWritten()).append('\n');
  }

  private void rowOperations(Map<String, String> status, long uptime) {
    long inserted = count(status, "Handler_write");
    long updated = count(status, "Handler_update");
    long deleted = count(status, "Handler_delete");
    long read = 0;
    for (String name : status.keySet()) {
      read += name.startsWith("Handler_read_") ? count(status, name) : 0;
    }
    text.append("Number of rows inserted ").append(inserted).append(", updated ").append(updated);
    text.append(", deleted ").append(deleted).append(", read ").append(read).append('\n');
    text.append(rate(inserted, uptime)).append(" inserts/s, ");
    text.append(rate(updated, uptime)).append(" updates/s, ");
    text.append(rate(deleted, uptime)).append(" deletes/s, ");
    text.append(rate(read, uptime)).append(" reads/s\n");
  }

  private static long count(Map<String, String> status, String name) {
    return Long.parseLong(status.getOrDefault(name, "0"));
  }

  private static String rate(long count, long seconds) {
    return String.format(Locale.ROOT, "%.2f", (double) count / seconds);
  }
}
