package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.WarningSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The diagnostics area of a session: what SHOW WARNINGS and SHOW ERRORS list. Confined to the session's thread, except
 * for {@link #post}. Keeps max_error_count conditions and counts all.
 */
final class Diagnostics implements WarningSink {
  record Condition(Level level, int number, String message) {}

  private final LongSupplier keptMax;
  private List<Condition> conditions = List.of();
  private long warnings;
  private long errors;
  private final Queue<Condition> notices = new ConcurrentLinkedQueue<>();

  /** Set after a notice was added; reset before they are taken. */
  private volatile boolean hasNotices;

  Diagnostics(LongSupplier keptMax) {
    this.keptMax = keptMax;
  }

  void clear() {
    conditions = List.of();
    warnings = 0;
    errors = 0;
    takeNotices();
  }

  /** A warning from outside the statement, by any thread: it belongs to the next statement. */
  void post(int number, String message) {
    notices.add(new Condition(Level.WARNING, number, message));
    hasNotices = true;
  }

  private void takeNotices() {
    if (!hasNotices) {
      return;
    }
    hasNotices = false;
    for (Condition notice = notices.poll(); notice != null; notice = notices.poll()) {
      warn(notice.level, notice.number, notice.message);
    }
  }

  @Override
  public void warn(Level level, int number, String message) {
    if (conditions.isEmpty()) {
      conditions = new ArrayList<>();
    }
    if (level == Level.ERROR) {
      errors++;
    } else {
      warnings++;
    }
    if (conditions.size() < keptMax.getAsLong()) {
      conditions.add(new Condition(level, number, message));
    }
  }

  void error(DatabaseException error) {
    warn(Level.ERROR, error.number(), error.message());
  }

  List<Condition> conditions() {
    takeNotices();
    return conditions;
  }

  /** Errors, warnings and notes: the warning count of packets. */
  int count() {
    takeNotices();
    return (int) Math.min(warnings + errors, 65535);
  }

  /** {@code @@error_count}. */
  long errorCount() {
    return errors;
  }
}
