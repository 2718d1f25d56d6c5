package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import io.vaquita.introspection.ServerState.ProcessEntry;
import io.vaquita.introspection.ServerState.TransactionView;
import io.vaquita.value.temporal.PackedTemporal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The views of MySQL's sys schema that show who waits for whom. Confined to one statement. */
final class LockWaitRows {
  /** sys.format_statement shortens to so many characters (statement_truncate_len). */
  private static final int STATEMENT_CHARACTERS = 64;

  private final ServerState state;
  private final RowFiller rows;
  private final boolean isRaw;

  /** @param isRaw the {@code x$} form, with whole statements */
  LockWaitRows(ServerState state, RowFiller rows, boolean isRaw) {
    this.state = state;
    this.rows = rows;
    this.isRaw = isRaw;
  }

  /** sys.innodb_lock_waits: rows and tables, the longest wait first. */
  void innodb() {
    TransactionRows transactions = new TransactionRows(state);
    for (LockWaitView wait : state.lockWaits()) {
      if (wait.waiting().isData()) {
        begin(wait.waiting());
        side("waiting", wait.waiting(), transactions);
        side("blocking", wait.blocking(), transactions);
        rows.put("sql_kill_blocking_query", "KILL QUERY " + wait.blocking().connectionId())
            .put("sql_kill_blocking_connection", "KILL " + wait.blocking().connectionId())
            .end();
      }
    }
  }

  private void begin(LockView waiting) {
    long micros = waiting.ageMillis() * 1000;
    String table = quoted(waiting.schema()) + "." + quoted(waiting.name());
    rows.begin()
        .put("wait_started", state.packedTime(state.nowMicros() - micros))
        .put("wait_age", age(micros))
        .put("wait_age_secs", micros / 1_000_000)
        .put("locked_table", table)
        .put("locked_table_schema", waiting.schema())
        .put("locked_table_name", waiting.name())
        .put("locked_index", waiting.index())
        .put("locked_type", waiting.kind().equals("RECORD") ? "RECORD" : "TABLE");
  }

  private void side(String prefix, LockView lock, TransactionRows transactions) {
    TransactionView transaction = transactions.of(lock);
    rows.put(prefix + "_trx_id", transaction.number())
        .put(prefix + "_trx_started", state.packedTime(transaction.startMicros()))
        .put(prefix + "_trx_age", age(state.nowMicros() - transaction.startMicros()))
        .put(prefix + "_trx_rows_locked", transactions.rowsLocked(lock.connectionId()))
        .put(prefix + "_trx_rows_modified", transaction.rowsModified())
        .put(prefix + "_pid", lock.connectionId())
        .put(prefix + "_query", statement(transaction.statement()))
        .put(prefix + "_lock_id", LockRows.id(lock))
        .put(prefix + "_lock_mode", lock.mode());
  }

  /** sys.schema_table_lock_waits: metadata locks of tables; each wait beside every lock granted on the table, as MySQL joins them. */
  void schemaTables() {
    Map<Long, ProcessEntry> processes = new HashMap<>();
    state.processes().forEach(p -> processes.put(p.id(), p));
    List<LockView> locks = state.locks();
    for (LockView waiting : locks) {
      if (waiting.kind().equals("TABLE") && !waiting.granted()) {
        for (LockView granted : locks) {
          if (granted.granted() && granted.target().equals(waiting.target())) {
            pair(waiting, granted, processes);
          }
        }
      }
    }
  }

  private void pair(LockView waiting, LockView granted, Map<Long, ProcessEntry> processes) {
    ProcessEntry process = processes.get(waiting.connectionId());
    rows.begin()
        .put("object_schema", waiting.schema())
        .put("object_name", waiting.name())
        .put("waiting_thread_id", waiting.connectionId())
        .put("waiting_pid", waiting.connectionId())
        .put("waiting_account", waiting.account())
        .put("waiting_lock_type", waiting.mode())
        .put("waiting_lock_duration", waiting.duration())
        .put("waiting_query", process == null ? null : statement(process.statement()))
        .putNumber("waiting_query_secs", process == null ? null : process.seconds())
        .put("waiting_query_rows_affected", 0)
        .put("waiting_query_rows_examined", 0)
        .put("blocking_thread_id", granted.connectionId())
        .put("blocking_pid", granted.connectionId())
        .put("blocking_account", granted.account())
        .put("blocking_lock_type", granted.mode())
        .put("blocking_lock_duration", granted.duration())
        .put("sql_kill_blocking_query", "KILL QUERY " + granted.connectionId())
        .put("sql_kill_blocking_connection", "KILL " + granted.connectionId())
        .end();
  }

  private static long age(long micros) {
    return PackedTemporal.ofTimeMicros(Math.max(0, micros / 1_000_000 * 1_000_000));
  }

  private static String quoted(@Nullable String name) {
    return name == null ? "" : "`" + name.replace("`", "``") + "`";
  }

  private @Nullable String statement(@Nullable String text) {
    if (text == null || isRaw || text.length() <= STATEMENT_CHARACTERS) {
      return text;
    }
    int half = STATEMENT_CHARACTERS / 2 - 2;
    return text.substring(0, half) + " ... " + text.substring(text.length() - half);
  }
}
