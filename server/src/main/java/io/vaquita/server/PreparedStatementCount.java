package io.vaquita.server;

import io.vaquita.error.MySqlError;
import java.util.concurrent.atomic.AtomicLong;

/** How many prepared statements all connections have, for max_prepared_stmt_count. Thread-safe. */
final class PreparedStatementCount {
  private final AtomicLong count = new AtomicLong();

  /** Takes one; 1461 when there are {@code max} already. */
  void take(long max) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      throw MySqlError.ER_MAX_PREPARED_STMT_COUNT_REACHED.exception(max);
    }
  }

  void giveBack() {
    count.decrementAndGet();
  }

  long count() {
    return count.get();
  }
}
