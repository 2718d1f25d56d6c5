package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.HeldView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import io.vaquita.introspection.ServerState.TransactionView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** information_schema.INNODB_TRX, and what sys.innodb_lock_waits needs of it. Confined to one statement. */
final class TransactionRows {
  /** A lock object with its key, roughly; see the lock package's figures. */
  private static final int LOCK_BYTES = 100;

  private final ServerState state;
  private final Map<Long, HeldView> held = new HashMap<>();
  private final Map<Long, TransactionView> transactions = new HashMap<>();

  TransactionRows(ServerState state) {
    this.state = state;
    state.transactions().forEach(t -> transactions.put(t.connectionId(), t));
    state.heldLocks().forEach(h -> held.merge(h.connectionId(), h, HeldView::plus));
  }

  /** The transaction of a connection; one without a session, such as a prepared one, has little to say. */
  TransactionView of(LockView lock) {
    TransactionView known = transactions.get(lock.connectionId());
    return known != null
        ? known
        : new TransactionView(
            lock.connectionId(),
            lock.connectionId(),
            state.nowMicros() - lock.ageMillis() * 1000,
            0,
            "REPEATABLE READ",
            false,
            false,
            null);
  }

  long rowsLocked(long connectionId) {
    return held(connectionId).records();
  }

  private HeldView held(long connectionId) {
    return held.getOrDefault(connectionId, HeldView.none(connectionId));
  }

  void fill(RowFiller rows) {
    Map<Long, LockView> waiting = new HashMap<>();
    for (LockWaitView wait : state.lockWaits()) {
      if (wait.waiting().isData()) {
        waiting.put(wait.waiting().connectionId(), wait.waiting());
      }
    }
    List<TransactionView> all = state.transactions();
    for (TransactionView each : all) {
      LockView wait = waiting.get(each.connectionId());
      HeldView of = held(each.connectionId());
      long structs = of.records() + of.tableLocks();
      rows.begin()
          .put("trx_id", each.number())
          .put("trx_state", wait != null ? "LOCK WAIT" : "RUNNING")
          .put("trx_started", state.packedTime(each.startMicros()))
          .put("trx_requested_lock_id", wait == null ? null : LockRows.id(wait))
          .putNumber(
              "trx_wait_started",
              wait == null ? null : state.packedTime(state.nowMicros() - wait.ageMillis() * 1000))
          .put("trx_weight", each.rowsModified() + structs)
          .put("trx_mysql_thread_id", each.connectionId())
          .put("trx_query", each.statement())
          .put("trx_operation_state", (String) null)
          .put("trx_tables_in_use", each.statement() == null ? 0 : of.tables())
          .put("trx_tables_locked", of.tables())
          .put("trx_lock_structs", structs)
          .put("trx_lock_memory_bytes", structs * LOCK_BYTES)
          .put("trx_rows_locked", of.records())
          .put("trx_rows_modified", each.rowsModified())
          .put("trx_concurrency_tickets", 0)
          .put("trx_isolation_level", each.isolation())
          .put("trx_unique_checks", 1)
          .put("trx_foreign_key_checks", 1)
          .put("trx_last_foreign_key_error", (String) null)
          .put("trx_adaptive_hash_latched", 0)
          .put("trx_adaptive_hash_timeout", 0)
          .put("trx_is_read_only", each.readOnly() ? 1 : 0)
          .put("trx_autocommit_non_locking", 0)
          .put("trx_schedule_weight", (String) null)
          .end();
    }
  }
}
