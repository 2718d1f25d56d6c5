package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.WarningSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The diagnostics area of a session: what SHOW WARNINGS and SHOW ERRORS list. Confined to the session's thread. Keeps
 * max_error_count conditions and counts all.
 */
final class Diagnostics implements WarningSink {
  record Condition(Level level, int number, String message) {}

  private final LongSupplier keptMax;
  private List<Condition> conditions = List.of();
  private long warnings;
  private long errors;

  Diagnostics(LongSupplier keptMax) {
    this.keptMax = keptMax;
  }

  void clear() {
    conditions = List.of();
    warnings = 0;
    errors = 0;
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
    return conditions;
  }

  /** Errors, warnings and notes: the warning count of packets. */
  int count() {
    return (int) Math.min(warnings + errors, 65535);
  }

  /** {@code @@error_count}. */
  long errorCount() {
    return errors;
  }
}
