package io.vaquita.server.client;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Collects lines to statements, runs them and prints what comes back. Not thread-safe. */
final class Shell {
  private final WireClient client;
  private final PrintWriter out;
  private final boolean isBatch;
  private final StatementSplitter splitter = new StatementSplitter();
  private boolean isDone;

  Shell(WireClient client, PrintWriter out, boolean isBatch) {
    this.client = client;
    this.out = out;
    this.isBatch = isBatch;
  }

  boolean isDone() {
    return isDone;
  }

  boolean isInStatement() {
    return splitter.hasText();
  }

  void clear() {
    splitter.clear();
  }

  /** Takes a line. False when a statement in it failed. */
  boolean line(String line) throws IOException {
    String command = line.strip().toLowerCase(Locale.ROOT);
    if (!splitter.hasText()
        && (command.equals("\\q") || command.equals("quit") || command.equals("exit"))) {
      isDone = true;
      return true;
    }
    splitter.append(line);
    boolean isRight = true;
    for (StatementSplitter.Statement next = splitter.next();
        next != null && (isRight || !isBatch);
        next = splitter.next()) {
      isRight &= run(next);
    }
    out.flush();
    return isRight;
  }

  /** The input is over: a last statement needs no end. */
  boolean finish() throws IOException {
    StatementSplitter.Statement last = splitter.rest();
    return last == null || run(last);
  }

  private boolean run(StatementSplitter.Statement statement) throws IOException {
    long start = Environment.system().clock().monotonicNanos();
    try {
      for (WireResult result : client.query(statement.sql())) {
        print(
            result,
            statement.isVertical(),
            (Environment.system().clock().monotonicNanos() - start) / 1e9);
      }
      return true;
    } catch (ServerError e) {
      out.println(e.line());
      return false;
    }
  }

  private void print(WireResult result, boolean isVertical, double seconds) {
    if (!result.hasRows()) {
      out.printf(Locale.ROOT, "Query OK, %d rows affected", result.end().affectedRows());
    } else if (isVertical) {
      TableText.vertical(result, out);
      out.printf(Locale.ROOT, "%d rows in set", result.rows().size());
    } else {
      TableText.table(result, out);
      out.printf(Locale.ROOT, "%d rows in set", result.rows().size());
    }
    if (result.end().warningCount() > 0) {
      out.printf(Locale.ROOT, ", %d warnings", result.end().warningCount());
    }
    out.printf(Locale.ROOT, " (%.3f s)%n", seconds);
    if (!result.end().info().isEmpty()) {
      out.println(result.end().info());
    }
    out.println();
  }
}
