package io.vaquita.server;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The one line that COM_STATISTICS answers with. Immutable. */
record ServerSummary(Map<String, String> status, long questions, long uptimeSeconds) {
  static ServerSummary of(ServerContext context) {
    Map<String, String> status = new HashMap<>();
    context.counters().status(status::put);
    return new ServerSummary(
        status, context.counters().commands(), context.connections().uptimeSeconds());
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "Uptime: %d  Threads: %s  Questions: %d  Slow queries: 0  Opens: 0  Flush tables: 0"
            + "  Open tables: 0  Queries per second avg: %.3f",
        uptimeSeconds,
        status.getOrDefault("Threads_connected", "0"),
        questions,
        (double) questions / Math.max(1, uptimeSeconds));
  }
}
