package io.vaquita.spec.sql;

import io.vaquita.spec.sql.Backend.Outcome;
import java.util.concurrent.locks.LockSupport;

/** Looks at a server from outside, through SQL, until something has come about. Stateless. */
final class ProcessList {
  private static final long LOOK_NANOS = 1_000_000;
  private static final int LOOKS_MAX = 30_000;

  private ProcessList() {}

  /** Waits until a connection's session has ended. */
  static void awaitGone(Backend backend, long id) throws Exception {
    String sql = "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id;
    for (int looks = 0; count(backend, sql) > 0; looks++) {
      if (looks == LOOKS_MAX) {
        throw new AssertionError("the session of connection " + id + " does not end");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Waits until the connection's statement waits for a lock; false when it ended instead. */
  static boolean awaitBlocked(Backend backend, long id, RunningStatement statement)
      throws Exception {
    String metadata =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = "
            + id
            + " AND (state = 'User lock' OR state LIKE 'Waiting for%')";
    String rows =
        "SELECT COUNT(*) FROM performance_schema.data_lock_waits w JOIN performance_schema.threads t"
            + " ON t.thread_id = w.requesting_thread_id WHERE t.processlist_id = "
            + id;
    while (!statement.isDone()) {
      if (count(backend, metadata) + count(backend, rows) > 0) {
        return true;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return false;
  }

  private static long count(Backend backend, String sql) throws Exception {
    Outcome answer = backend.run("process list", sql);
    return Long.parseLong(((Outcome.Rows) answer).rows().getFirst().getFirst());
  }
}
