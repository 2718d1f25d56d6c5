package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.HeldView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import io.vaquita.introspection.ServerState.TransactionView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** information_schema.INNODB_TRX, and what sys.innodb_lock_waits needs of it. Confined to one statement. */
final class TransactionRows {
  /** What a record lock takes with its key, roughly; see the lock package's figures. */
  private static final int LOCK_BYTES = 136;

  private final ServerState state;
  private final Map<Long, HeldView> held = new HashMap<>();
  private final Map<Long, TransactionView> transactions = new HashMap<>();
  private final List<LockWaitView> waits;
  private final Map<Long, LockView> waiting = new HashMap<>();

  TransactionRows(ServerState state) {
    this.state = state;
    waits = state.lockWaits();
    waits.forEach(wait -> waiting.put(wait.waiting().connectionId(), wait.waiting()));
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
            null,
            null,
            0,
            true,
            true,
            false);
  }

  /**
   * What a transaction has, and what it waits for, as InnoDB counts: there a request that waits is a lock, too.
   *
   * @param waits for a row or a table
   */
  record Locks(long structs, long records, long tables, boolean waits) {
    static Locks of(HeldView held, @Nullable LockView wait) {
      boolean waits = wait != null && wait.isData();
      boolean forRecord = waits && wait != null && wait.kind().equals("RECORD");
      return new Locks(
          held.structs() + (waits ? 1 : 0),
          held.records() + (forRecord ? 1 : 0),
          held.tables() + (waits && !forRecord ? 1 : 0),
          waits);
    }

    long bytes() {
      return Math.max(structs, records) * LOCK_BYTES;
    }
  }

  /** What each connection waits for. */
  Map<Long, LockView> waiting() {
    return waiting;
  }

  long rowsLocked(long connectionId) {
    return locks(connectionId).records();
  }

  Locks locks(long connectionId) {
    return Locks.of(
        held.getOrDefault(connectionId, HeldView.none(connectionId)), waiting.get(connectionId));
  }

  /**
   * How many transactions would go on, sooner or later, when this one did: itself and all that wait for it. InnoDB orders those who wait by
   * that; here they go in order of arrival.
   */
  private long scheduleWeight(long connectionId) {
    Set<Long> behind = new HashSet<>();
    behind.add(connectionId);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (LockWaitView wait : waits) {
        if (behind.contains(wait.blocking().connectionId())) {
          grows |= behind.add(wait.waiting().connectionId());
        }
      }
    }
    return behind.size();
  }

  void fill(RowFiller rows) {
    for (TransactionView each : state.transactions()) {
      LockView found = waiting.get(each.connectionId());
      LockView wait = found != null && found.isData() ? found : null;
      Locks of = locks(each.connectionId());
      rows.begin()
          .put("trx_id", each.number())
          .put("trx_state", wait != null ? "LOCK WAIT" : "RUNNING")
          .put("trx_started", state.packedTime(each.startMicros()))
          .put("trx_requested_lock_id", wait == null ? null : LockRows.id(wait))
          .putNumber(
              "trx_wait_started",
              wait == null ? null : state.packedTime(state.nowMicros() - wait.ageMillis() * 1000))
          .put("trx_weight", each.rowsModified() + of.structs())
          .put("trx_mysql_thread_id", each.connectionId())
          .put("trx_query", each.statement())
          .put("trx_operation_state", wait == null ? null : each.operation())
          .put("trx_tables_in_use", each.statement() == null ? 0 : of.tables())
          .put("trx_tables_locked", of.tables())
          .put("trx_lock_structs", of.structs())
          .put("trx_lock_memory_bytes", of.bytes())
          .put("trx_rows_locked", of.records())
          .put("trx_rows_modified", each.rowsModified())
          .put("trx_concurrency_tickets", 0)
          .put("trx_isolation_level", each.isolation())
          .put("trx_unique_checks", each.uniqueChecks() ? 1 : 0)
          .put("trx_foreign_key_checks", each.foreignKeyChecks() ? 1 : 0)
          .put("trx_last_foreign_key_error", (String) null)
          .put("trx_adaptive_hash_latched", 0)
          .put("trx_adaptive_hash_timeout", 0)
          .put("trx_is_read_only", each.readOnly() || each.plainRead() ? 1 : 0)
          .put("trx_autocommit_non_locking", each.plainRead() ? 1 : 0)
          .putNumber(
              "trx_schedule_weight", wait == null ? null : scheduleWeight(each.connectionId()))
          .end();
    }
  }
}
