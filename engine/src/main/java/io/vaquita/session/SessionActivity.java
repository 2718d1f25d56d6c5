package io.vaquita.session;

import io.vaquita.environment.Clock;
import io.vaquita.parser.NormalizedText;
import org.jspecify.annotations.Nullable;

/** What one session does and last did, as the process list and the logs show it. Written by the session's thread, read by any. */
final class SessionActivity {
  /** Characters of a statement that an idle session keeps, to be named in logs. */
  private static final int LAST_STATEMENT_MAX = 2048;

  private final Clock clock;
  private volatile Activity now;
  private volatile String lastStatement = "";

  SessionActivity(Clock clock) {
    this.clock = clock;
    now = new Activity("Sleep", "", null, clock.wallMicros());
  }

  Activity now() {
    return now;
  }

  void begin(String command, String state, @Nullable String statement) {
    if (statement != null) {
      lastStatement =
          statement.length() <= LAST_STATEMENT_MAX
              ? statement
              : statement.substring(0, LAST_STATEMENT_MAX);
    }
    now = new Activity(command, state, statement, clock.wallMicros());
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
