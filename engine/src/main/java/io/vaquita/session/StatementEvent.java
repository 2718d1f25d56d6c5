package io.vaquita.session;

import io.vaquita.error.WarningSink.Level;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a session, as performance_schema.events_statements_current has it. Written by the session's thread; for others its end
 * and what came of it are there once {@link #endedMicros} is not 0, which is written last.
 */
final class StatementEvent {
  final long number;
  final String command;
  final String text;
  final @Nullable String schema;
  final long beganMicros;

  private Diagnostics.@Nullable Condition error;
  private int warnings;
  private long rowsAffected;
  private volatile long endedMicros;

  StatementEvent(
      long number, String command, String text, @Nullable String schema, long beganMicros) {
    this.number = number;
    this.command = command;
    this.text = text;
    this.schema = schema;
    this.beganMicros = beganMicros;
  }

  /** Once: what the session does after that is not this statement's. */
  void end(long micros, Diagnostics diagnostics, long rows) {
    if (endedMicros != 0) {
      return;
    }
    int conditions = diagnostics.countOfStatement();
    if (conditions > 0 && diagnostics.errorCount() > 0) {
      for (Diagnostics.Condition condition : diagnostics.conditions()) {
        error = error == null && condition.level() == Level.ERROR ? condition : error;
      }
    }
    warnings = error == null ? conditions : conditions - 1;
    rowsAffected = Math.max(0, rows);
    endedMicros = micros;
  }

  /** 0: it runs. */
  long endedMicros() {
    return endedMicros;
  }

  Diagnostics.@Nullable Condition error() {
    return error;
  }

  int warnings() {
    return warnings;
  }

  long rowsAffected() {
    return rowsAffected;
  }
}
