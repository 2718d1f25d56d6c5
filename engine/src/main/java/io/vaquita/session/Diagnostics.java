package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The diagnostics area of a session: what SHOW WARNINGS and SHOW ERRORS list. Confined to the session's thread, except
 * for {@link #post}. Keeps max_error_count conditions and counts all.
 */
final class Diagnostics implements WarningSink {
  /** @param items what SIGNAL set besides number and text, by item name */
  record Condition(
      Level level, int number, String sqlState, String message, Map<String, String> items) {}

  private final LongSupplier keptMax;
  private List<Condition> conditions = List.of();
  private Map<String, String> signalled = Map.of();
  private long warnings;
  private long errors;

  /** Of them, those that an earlier statement left and the running one only reads. */
  private long earlier;

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
    earlier = 0;
    takeNotices();
  }

  /** A warning from outside the statement, by any thread: it belongs to the next statement. */
  void post(int number, String message) {
    notices.add(
        new Condition(Level.WARNING, number, MySqlError.sqlStateOf(number), message, Map.of()));
    hasNotices = true;
  }

  private void takeNotices() {
    if (!hasNotices) {
      return;
    }
    hasNotices = false;
    for (Condition notice = notices.poll(); notice != null; notice = notices.poll()) {
      add(notice);
    }
  }

  @Override
  public void warn(Level level, int number, String message) {
    add(new Condition(level, number, MySqlError.sqlStateOf(number), message, Map.of()));
  }

  void add(Condition condition) {
    if (conditions.isEmpty()) {
      conditions = new ArrayList<>();
    }
    if (condition.level() == Level.ERROR) {
      errors++;
    } else {
      warnings++;
    }
    if (conditions.size() < keptMax.getAsLong()) {
      conditions.add(condition);
    }
  }

  void error(DatabaseException error) {
    Map<String, String> items = signalled;
    signalled = Map.of();
    add(new Condition(Level.ERROR, error.number(), error.sqlState(), error.message(), items));
  }

  /** The next error is SIGNAL's, with these items. */
  void signal(Map<String, String> items) {
    signalled = items;
  }

  List<Condition> conditions() {
    takeNotices();
    return conditions;
  }

  /** A statement that reads the conditions of an earlier one begins: they are not its own. */
  void keep() {
    earlier = warnings + errors;
  }

  /** Errors, warnings and notes: {@code @@warning_count}. */
  int count() {
    takeNotices();
    return (int) Math.min(warnings + errors, 65535);
  }

  /** Those of the running statement: the warning count of packets. */
  int countOfStatement() {
    takeNotices();
    return (int) Math.min(warnings + errors - earlier, 65535);
  }

  /** {@code @@error_count}. */
  long errorCount() {
    return errors;
  }
}
