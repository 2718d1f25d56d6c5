package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import org.jspecify.annotations.Nullable;

/** Tables about locks: MySQL's, and Vaquita's own that show all kinds together. Confined to one statement. */
final class LockRows {
  private final ServerState state;
  private final RowFiller rows;

  LockRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  private static boolean isData(LockView lock) {
    return (lock.kind().equals("RECORD") || lock.kind().equals("TABLE_LOCK")) && !lock.implicit();
  }

  private static String id(LockView lock) {
    return lock.connectionId()
        + ":"
        + Integer.toHexString(lock.target().hashCode())
        + ":"
        + lock.mode();
  }

  void dataLocks() {
    for (LockView lock : state.locks()) {
      if (isData(lock)) {
        rows.begin()
            .put("ENGINE", "INNODB")
            .put("ENGINE_LOCK_ID", id(lock))
            .put("ENGINE_TRANSACTION_ID", lock.connectionId())
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
      if (isData(wait.waiting())) {
        rows.begin()
            .put("ENGINE", "INNODB")
            .put("REQUESTING_ENGINE_LOCK_ID", id(wait.waiting()))
            .put("REQUESTING_ENGINE_TRANSACTION_ID", wait.waiting().connectionId())
            .put("REQUESTING_THREAD_ID", wait.waiting().connectionId())
            .put("REQUESTING_EVENT_ID", 0)
            .put("REQUESTING_OBJECT_INSTANCE_BEGIN", 0)
            .put("BLOCKING_ENGINE_LOCK_ID", id(wait.blocking()))
            .put("BLOCKING_ENGINE_TRANSACTION_ID", wait.blocking().connectionId())
            .put("BLOCKING_THREAD_ID", wait.blocking().connectionId())
            .put("BLOCKING_EVENT_ID", 0)
            .put("BLOCKING_OBJECT_INSTANCE_BEGIN", 0)
            .end();
      }
    }
  }

  void metadataLocks() {
    for (LockView lock : state.locks()) {
      if (!lock.kind().equals("RECORD") && !lock.kind().equals("TABLE_LOCK")) {
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

  void all() {
    for (LockView lock : state.locks()) {
      rows.begin()
          .put("CONNECTION_ID", lock.connectionId())
          .put("ACCOUNT", lock.account())
          .put("KIND", lock.kind().equals("TABLE_LOCK") ? "TABLE INTENTION" : lock.kind())
          .put("TARGET", describe(lock))
          .put("MODE", lock.mode())
          .put("DURATION", lock.duration())
          .put("GRANTED", lock.granted() ? "YES" : "NO")
          .put("AGE_MILLIS", lock.ageMillis())
          .end();
    }
  }

  void waits() {
    for (LockWaitView wait : state.lockWaits()) {
      rows.begin()
          .put("WAITING_CONNECTION_ID", wait.waiting().connectionId())
          .put("WAITING_ACCOUNT", wait.waiting().account())
          .put("WAITING_TARGET", describe(wait.waiting()))
          .put("WAITING_MODE", wait.waiting().mode())
          .put("WAITING_MILLIS", wait.waiting().ageMillis())
          .put("WAITING_STATEMENT", wait.waiting().statement())
          .put("BLOCKING_CONNECTION_ID", wait.blocking().connectionId())
          .put("BLOCKING_ACCOUNT", wait.blocking().account())
          .put("BLOCKING_MODE", wait.blocking().mode())
          .put("BLOCKING_MILLIS", wait.blocking().ageMillis())
          .put("BLOCKING_STATEMENT", wait.blocking().statement())
          .end();
    }
  }

  void deadlocks() {
    for (DeadlockView deadlock : state.deadlocks()) {
      rows.begin()
          .put("NUMBER", deadlock.number())
          .put("HAPPENED", state.packedTime(deadlock.wallMicros()))
          .put("VICTIM_CONNECTION_ID", deadlock.victim())
          .put("CYCLE", deadlock.cycle())
          .end();
    }
  }

  /** Names where they are known, otherwise what the lock table calls it. */
  private static String describe(LockView lock) {
    if (lock.name() == null) {
      return lock.target();
    }
    StringBuilder text = new StringBuilder();
    if (lock.schema() != null && !lock.schema().isEmpty()) {
      text.append(lock.schema()).append('.');
    }
    text.append(lock.name());
    if (lock.index() != null) {
      text.append('.').append(lock.index());
    }
    if (lock.data() != null) {
      text.append(' ').append(lock.data());
    }
    return text.toString();
  }
}
