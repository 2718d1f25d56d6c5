package io.vaquita.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;

/** The counts of sessions that have ended, to which those of the open ones are added when somebody asks. Thread-safe. */
final class StatusTotals {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final long[] ended = new long[StatusCounters.COUNT];

  /** A session has ended. */
  void add(StatusCounters counters) {
    long[] values = counters.values();
    lock.lock();
    try {
      add(values, ended);
    } finally {
      lock.unlock();
    }
  }

  /** Of all sessions since the start. */
  long[] values(SessionRegistry sessions) {
    long[] sum;
    lock.lock();
    try {
      sum = ended.clone();
    } finally {
      lock.unlock();
    }
    for (EngineSession session : sessions.all()) {
      add(session.status().values(), sum);
    }
    return sum;
  }

  private static void add(long[] values, long[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i];
    }
  }
}
