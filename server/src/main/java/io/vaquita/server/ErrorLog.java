package io.vaquita.server;

import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The error log: one line an event, in text or as JSON. Thread-safe. Each kind of event has a number of lines a second that it may
 * write; what is left out is counted and said by the next line that comes through.
 */
final class ErrorLog {
  enum Level {
    ERROR("Error"),
    WARNING("Warning"),
    NOTE("Note");

    private final String text;

    Level(String text) {
      this.text = text;
    }
  }

  private static final int LINES_PER_SECOND = 50;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final boolean isJson;
  private final Clock clock;
  private final ConcurrentHashMap<String, Allowance> allowances = new ConcurrentHashMap<>();

  ErrorLog(PrintStream out, boolean isJson, Clock clock) {
    this.out = out;
    this.isJson = isJson;
    this.clock = clock;
  }

  /** How many lines of one kind of event were written in the running second. Guarded by itself. */
  private static final class Allowance {
    private long second;
    private int written;
    private long leftOut;

    /** -1 when the line must be left out, otherwise how many were before it. */
    synchronized long take(long now) {
      if (second != now) {
        second = now;
        written = 0;
      }
      if (written >= LINES_PER_SECOND) {
        leftOut++;
        return -1;
      }
      written++;
      long before = leftOut;
      leftOut = 0;
      return before;
    }
  }

  /**
   * Writes a line.
   *
   * @param event the kind, as one word: what lines are counted by
   * @param connectionId 0 when the event belongs to no connection
   */
  void log(Level level, long connectionId, String event, String detail) {
    log(level, connectionId, event, detail, null);
  }

  /** As above, with a failure whose trace follows. */
  void log(
      Level level, long connectionId, String event, String detail, @Nullable Throwable failure) {
    long leftOut =
        allowances.computeIfAbsent(event, e -> new Allowance()).take(clock.millis() / 1000);
    if (leftOut < 0) {
      return;
    }
    String suffix = leftOut == 0 ? "" : " (" + leftOut + " more like it were left out before)";
    String line =
        isJson
            ? json(level, connectionId, event, detail + suffix)
            : text(level, connectionId, event, detail + suffix);
    synchronized (out) {
      out.println(line);
      if (failure != null) {
        failure.printStackTrace(out);
      }
    }
  }

  private String text(Level level, long connectionId, String event, String detail) {
    return TIME.format(clock.instant())
        + ' '
        + connectionId
        + " ["
        + level.text
        + "] ["
        + event
        + "] "
        + oneLine(detail);
  }

  private String json(Level level, long connectionId, String event, String detail) {
    return "{\"time\":\""
        + TIME.format(clock.instant())
        + "\",\"level\":\""
        + level.text
        + "\",\"connection\":"
        + connectionId
        + ",\"event\":\""
        + event
        + "\",\"detail\":\""
        + escape(detail)
        + "\"}";
  }

  /** A peer chooses user names and texts: they must not begin a line of their own. */
  private static String oneLine(String detail) {
    StringBuilder line = new StringBuilder(detail.length());
    for (int i = 0; i < detail.length(); i++) {
      char c = detail.charAt(i);
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return line.toString();
  }

  private static String escape(String detail) {
    return oneLine(detail).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
