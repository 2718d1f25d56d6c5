package io.vaquita.session;

import io.vaquita.environment.Clock;
import io.vaquita.parser.NormalizedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one session does and last did, as the process list and the logs show it. Written by the session's thread, read by any. */
final class SessionActivity {
  /** Characters of a statement that an idle session keeps, to be named in logs. */
  private static final int LAST_STATEMENT_MAX = 2048;

  /** As performance_schema_events_statements_history_size has it. */
  private static final int HISTORY = 10;

  private final Clock clock;
  private volatile Activity now;
  private volatile String lastStatement = "";

  /** The last ones that ended, by number; an entry is written before {@link #now} is. */
  private final @Nullable StatementEvent[] history = new StatementEvent[HISTORY];

  private volatile @Nullable StatementEvent statement;
  private long statements;

  SessionActivity(Clock clock) {
    this.clock = clock;
    now = new Activity("Sleep", "", null, clock.wallMicros());
  }

  Activity now() {
    return now;
  }

  /** A command without text, or a statement. */
  void begin(String command, String state, @Nullable String text, @Nullable String schema) {
    long micros = clock.wallMicros();
    if (text != null) {
      lastStatement =
          text.length() <= LAST_STATEMENT_MAX ? text : text.substring(0, LAST_STATEMENT_MAX);
      statement = new StatementEvent(++statements, command, lastStatement, schema, micros);
    }
    now = new Activity(command, state, text, micros);
  }

  /**
   * The session waits for its client.
   *
   * @return how long the command took, in microseconds; 0 when there was none
   */
  long end(Diagnostics diagnostics, long rowsAffected) {
    Activity before = now;
    long micros = clock.wallMicros();
    StatementEvent ended = statement;
    if (ended != null) {
      ended.end(micros, diagnostics, rowsAffected);
      history[(int) (ended.number % HISTORY)] = ended;
    }
    now = new Activity("Sleep", "", null, micros);
    return before.command().equals("Sleep") ? 0 : micros - before.sinceMicros();
  }

  /** The statement that runs, or the one that ran last. */
  @Nullable StatementEvent statement() {
    return statement;
  }

  /** The last that ended, oldest first. */
  List<StatementEvent> history() {
    List<StatementEvent> all = new ArrayList<>(HISTORY);
    // A look at the volatile field makes the entries known that were written before it.
    Objects.requireNonNull(now);
    for (StatementEvent each : history) {
      if (each != null) {
        all.add(each);
      }
    }
    all.sort(Comparator.comparingLong(each -> each.number));
    return all;
  }

  /** The same command in another state: what a statement waits for. */
  void setState(String state) {
    Activity before = now;
    now = new Activity(before.command(), state, before.statement(), before.sinceMicros());
  }

  /** Without its literals. */
  String lastStatement() {
    return NormalizedText.of(lastStatement, 0);
  }
}
