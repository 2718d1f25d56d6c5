package io.vaquita;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The server that stands between clients and a {@link Database}, as SQL sees it: views of connections, status variables of one
 * connection, FLUSH. Thread-safe; everything is taken when it is asked for, by the asking session's thread.
 */
public interface Frontend {
  /**
   * The rows of a virtual table that the server fills, such as {@code vaquita.closed_connections}.
   *
   * @param rows values by column name: String, Long, {@link java.time.Instant} or null
   * @param notice why there are none or not all, as a note for SHOW WARNINGS; null for nothing to say
   */
  record View(List<Map<String, @Nullable Object>> rows, @Nullable String notice) {
    public static final View EMPTY = new View(List.of(), null);
  }

  /** A client that has not logged in yet, since when it is there. */
  record Arrival(long connectionId, String host, long seconds) {}

  /** What the engine finds worth a line in the error log. */
  enum Event {
    /** Sessions waited for one another, and one of them lost. */
    DEADLOCK,
    /** A variable that SET PERSIST had kept does not fit any more. */
    REFUSED_VARIABLE
  }

  /**
   * For the error log: one line without values of statements or rows. Any thread may call; it asks nothing of the engine.
   *
   * @param connectionId whom it is about; 0 when it is nobody's
   */
  void report(Event event, long connectionId, String text);

  /** Clients that are connected and have not logged in yet. */
  List<Arrival> arrivals();

  /** KILL of a client that has not logged in yet; false when there is none of that number. */
  boolean endArrival(long connectionId);

  /** Empty for a table that this server does not fill. */
  View view(String schema, String table);

  /** What SHOW SESSION STATUS has of one connection: Bytes_sent, … */
  void status(long connectionId, BiConsumer<String, String> out);

  /** {@link #socketState} of a connection that writes to its client. */
  String SENDING = "Sending to client";

  /** The state of the process list while a connection's thread waits at its socket inside a command; null when it does not. */
  @Nullable String socketState(long connectionId);

  /** FLUSH HOSTS, TRUNCATE performance_schema.host_cache: hosts that were blocked may connect again. */
  void forgetHosts();

  /** FLUSH ERROR LOGS. */
  void reopenLogs();
}
