package io.vaquita.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The error log: one line an event, in text or as JSON (log_error_format), and the last ones for performance_schema.error_log.
 * Thread-safe. What log_error_verbosity leaves out of the lines is kept for the table all the same.
 *
 * <p>Each cause has a number of lines a second that it may write; how many were left out is said once they have ceased.
 */
final class ErrorLog {
  private static final int LINES_PER_SECOND = 50;
  private static final int ENTRIES_KEPT = 1000;
  private static final int VERBOSITY_DEFAULT = 2;

  private final LogOutput out;
  private final UnaryOperator<String> variable;
  private final Clock clock;
  private final ConcurrentHashMap<String, Allowance> allowances = new ConcurrentHashMap<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Deque<LogEntry> kept = new ArrayDeque<>();

  /**
   * @param variable a global variable by name, empty when there is none: log_error_verbosity, log_error_format
   */
  ErrorLog(LogOutput out, UnaryOperator<String> variable, Clock clock) {
    this.out = out;
    this.variable = variable;
    this.clock = clock;
  }

  /** How many lines of one cause were written in the running second. Guarded by itself. */
  private static final class Allowance {
    private long second;
    private int written;
    private long leftOut;
    private @Nullable LogEvent event;

    synchronized boolean take(LogEvent of, long now) {
      event = of;
      if (second != now) {
        second = now;
        written = 0;
      }
      if (written >= LINES_PER_SECOND) {
        leftOut++;
        return false;
      }
      written++;
      return true;
    }

    synchronized long takeLeftOut() {
      long count = leftOut;
      leftOut = 0;
      return count;
    }

    synchronized @Nullable LogEvent event() {
      return event;
    }
  }

  /** An event of the server itself. */
  void log(LogEvent event, String detail) {
    log(event, LogSubject.SERVER, "", detail, null);
  }

  void log(LogEvent event, LogSubject subject, String detail) {
    log(event, subject, "", detail, null);
  }

  /**
   * Writes a line.
   *
   * @param cause what lines are counted by besides the event
   * @param failure a bug, whose trace follows the line; or null
   */
  void log(
      LogEvent event,
      LogSubject subject,
      String cause,
      String detail,
      @Nullable Throwable failure) {
    long second = clock.millis() / 1000;
    if (!allowances
        .computeIfAbsent(event.word() + cause, e -> new Allowance())
        .take(event, second)) {
      return;
    }
    write(
        new LogEntry(
            clock.instant(), event, subject.id(), subject.account(), subject.host(), detail),
        failure);
  }

  private void write(LogEntry entry, @Nullable Throwable failure) {
    synchronized (lock) {
      if (kept.size() == ENTRIES_KEPT) {
        kept.removeFirst();
      }
      kept.addLast(entry);
    }
    if (entry.event().level().verbosity() <= verbosity()) {
      boolean isJson = "JSON".equalsIgnoreCase(variable.apply("log_error_format"));
      out.write(isJson ? entry.json() : entry.text(), failure);
    }
  }

  private int verbosity() {
    String text = variable.apply("log_error_verbosity");
    try {
      return text.isEmpty() ? VERBOSITY_DEFAULT : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return VERBOSITY_DEFAULT;
    }
  }

  /** For the watcher, once a second or so: says how many lines were left out. */
  void tellLeftOut() {
    allowances.forEach(
        (cause, allowance) -> {
          long count = allowance.takeLeftOut();
          LogEvent event = allowance.event();
          if (count > 0 && event != null) {
            write(
                new LogEntry(
                    clock.instant(),
                    event,
                    0,
                    "",
                    "",
                    count + " more lines of this cause were left out (" + cause + ")"),
                null);
          }
        });
  }

  /** The last entries, oldest first. */
  List<LogEntry> entries() {
    synchronized (lock) {
      return new ArrayList<>(kept);
    }
  }

  /** FLUSH ERROR LOGS. */
  void reopen() {
    out.reopen();
  }
}
