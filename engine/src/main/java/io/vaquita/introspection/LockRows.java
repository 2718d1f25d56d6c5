package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables about locks: MySQL's, and Vaquita's own that show all kinds together. Confined to one statement. */
final class LockRows {
  private final ServerState state;
  private final RowFiller rows;
  private final Map<Long, Long> numbers = new HashMap<>();

  LockRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
    state.transactions().forEach(t -> numbers.put(t.connectionId(), t.number()));
  }

  private static boolean isListed(LockView lock) {
    return lock.isData() && !lock.implicit();
  }

  /** ENGINE_LOCK_ID: whose, on what, which mode, and whether it is a wait; all of which names one row of data_locks. */
  static String id(LockView lock) {
    return lock.connectionId()
        + ":"
        + Integer.toHexString(lock.target().hashCode())
        + ":"
        + lock.mode()
        + (lock.granted() ? "" : ":wait");
  }

  /** A transaction without a session, such as a prepared one, goes by its owner's number. */
  private long transaction(LockView lock) {
    return numbers.getOrDefault(lock.connectionId(), lock.connectionId());
  }

  void dataLocks() {
    for (LockView lock : state.locks()) {
      if (isListed(lock)) {
        rows.begin()
            .put("ENGINE", "INNODB")
            .put("ENGINE_LOCK_ID", id(lock))
            .put("ENGINE_TRANSACTION_ID", transaction(lock))
            .put("THREAD_ID", lock.connectionId())
            .put("EVENT_ID", 0)
            .put("OBJECT_SCHEMA", lock.schema())
            .put("OBJECT_NAME", lock.name())
            .put("INDEX_NAME", lock.index())
            .put("OBJECT_INSTANCE_BEGIN", 0)
            .put("LOCK_TYPE", lock.kind().equals("RECORD") ? "RECORD" : "TABLE")
            .put("LOCK_MODE", lock.mode())
            .put("LOCK_STATUS", lock.granted() ? "GRANTED" : "WAITING")
            .put("LOCK_DATA", lock.data())
            .end();
      }
    }
  }

  void dataLockWaits() {
    for (LockWaitView wait : state.lockWaits()) {
      if (wait.waiting().isData()) {
        rows.begin()
            .put("ENGINE", "INNODB")
            .put("REQUESTING_ENGINE_LOCK_ID", id(wait.waiting()))
            .put("REQUESTING_ENGINE_TRANSACTION_ID", transaction(wait.waiting()))
            .put("REQUESTING_THREAD_ID", wait.waiting().connectionId())
            .put("REQUESTING_EVENT_ID", 0)
            .put("REQUESTING_OBJECT_INSTANCE_BEGIN", 0)
            .put("BLOCKING_ENGINE_LOCK_ID", id(wait.blocking()))
            .put("BLOCKING_ENGINE_TRANSACTION_ID", transaction(wait.blocking()))
            .put("BLOCKING_THREAD_ID", wait.blocking().connectionId())
            .put("BLOCKING_EVENT_ID", 0)
            .put("BLOCKING_OBJECT_INSTANCE_BEGIN", 0)
            .end();
      }
    }
  }

  void metadataLocks() {
    for (LockView lock : state.locks()) {
      if (!lock.isData()) {
        rows.begin()
            .put("OBJECT_TYPE", lock.kind())
            .put("OBJECT_SCHEMA", emptyIsNull(lock.schema()))
            .put("OBJECT_NAME", emptyIsNull(lock.name()))
            .put("OBJECT_INSTANCE_BEGIN", lock.target().hashCode() & 0xFFFF_FFFFL)
            .put("LOCK_TYPE", lock.mode())
            .put("LOCK_DURATION", lock.duration())
            .put("LOCK_STATUS", lock.granted() ? "GRANTED" : "PENDING")
            .put("SOURCE", "")
            .put("OWNER_THREAD_ID", lock.connectionId())
            .put("OWNER_EVENT_ID", 0)
            .end();
      }
    }
  }

  private static @Nullable String emptyIsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** vaquita.locks. */
  void all() {
    long now = state.nowMicros();
    for (LockView lock : state.locks()) {
      rows.begin()
          .put("CONNECTION_ID", lock.connectionId())
          .put("ACCOUNT", lock.account())
          .put("PROGRAM", lock.program())
          .put("KIND", lock.kind().equals("TABLE_LOCK") ? "TABLE INTENTION" : lock.kind())
          .put("TARGET", lock.place())
          .put("MODE", lock.mode())
          .put("DURATION", lock.duration())
          .put("GRANTED", lock.granted() ? "YES" : "NO")
          .put("IMPLICIT", lock.implicit() ? "YES" : "NO")
          .put("DEPTH", lock.depth())
          .put("SINCE", state.packedTime(now - lock.ageMillis() * 1000))
          .put("AGE_MILLIS", lock.ageMillis())
          .put("STATEMENT", lock.statement())
          .end();
    }
  }

  /** vaquita.deadlocks. */
  void deadlocks() {
    for (DeadlockView deadlock : state.deadlocks()) {
      rows.begin()
          .put("NUMBER", deadlock.number())
          .put("HAPPENED", state.packedTime(deadlock.wallMicros()))
          .put(
              "VICTIM_CONNECTION_ID", deadlock.participants().get(deadlock.victim()).connectionId())
          .put("CYCLE", deadlock.cycle())
          .end();
    }
  }
}
