package io.vaquita.server;

import io.vaquita.Frontend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What SQL sees of the server: its error log, its connections that are open or have ended. Thread-safe. */
final class ServerFrontend implements Frontend {
  private final ServerContext context;
  private final SharedConnectionCheck sharedCheck;

  ServerFrontend(ServerContext context, SharedConnectionCheck sharedCheck) {
    this.context = context;
    this.sharedCheck = sharedCheck;
  }

  @Override
  public View view(String schema, String table) {
    return switch (schema + "." + table.toLowerCase(Locale.ROOT)) {
      case "performance_schema.error_log" -> new View(errorLog(), null);
      case "vaquita.closed_connections" -> new View(closedConnections(), null);
      case "performance_schema.host_cache" -> new View(context.hosts().rows(), null);
      case "vaquita.connection_holders" -> connectionHolders();
      default -> View.EMPTY;
    };
  }

  private List<Map<String, @Nullable Object>> errorLog() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (LogEntry entry : context.log().entries()) {
      Map<String, @Nullable Object> row = new HashMap<>();
      row.put("LOGGED", entry.time());
      row.put("THREAD_ID", entry.connectionId());
      row.put("PRIO", entry.event().level().text());
      row.put("ERROR_CODE", entry.event().code());
      row.put("SUBSYSTEM", "Server");
      row.put("DATA", entry.data());
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, @Nullable Object>> closedConnections() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (ClosedConnection closed : context.closedConnections().all()) {
      Map<String, @Nullable Object> row = new HashMap<>();
      row.put("CONNECTION_ID", closed.id());
      row.put("ACCOUNT", closed.account());
      row.put("HOST", closed.host());
      row.put("PROGRAM", closed.program());
      row.put("SCHEMA_NAME", closed.schema());
      row.put("CONNECTED", closed.connected());
      row.put("CLOSED", closed.closed());
      row.put("DURATION_MILLIS", Duration.between(closed.connected(), closed.closed()).toMillis());
      row.put("REASON", closed.reason().name());
      row.put(
          "DETAIL",
          closed.reason().text() + (closed.detail().isEmpty() ? "" : ": " + closed.detail()));
      row.put("LAST_STATEMENT", closed.lastStatement());
      row.put("COMMANDS", closed.commands());
      row.put("BYTES_RECEIVED", closed.bytesReceived());
      row.put("BYTES_SENT", closed.bytesSent());
      rows.add(row);
    }
    return rows;
  }

  /** Looks at this moment. */
  private View connectionHolders() {
    String obstacle = sharedCheck.obstacle();
    if (obstacle != null) {
      return new View(List.of(), obstacle);
    }
    try {
      return connectionHolders(sharedCheck.holders());
    } catch (IOException e) {
      return new View(List.of(), "/proc cannot be read: " + e.getMessage());
    }
  }

  private View connectionHolders(Map<Connection, List<SocketHolders.Holder>> holders) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    long hidden = 0;
    for (Connection connection : context.connections().open()) {
      Client client = connection.client();
      List<SocketHolders.Holder> processes = holders.getOrDefault(connection, List.of());
      hidden += client.peer().isOtherProcessHere() && processes.isEmpty() ? 1 : 0;
      for (SocketHolders.Holder process : processes) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("CONNECTION_ID", client.id());
        row.put("ACCOUNT", client.account());
        row.put("HOST", client.address());
        row.put("PROCESS_ID", process.processId());
        row.put("PROGRAM", process.program());
        row.put("SINCE", process.since(client.connected()));
        rows.add(row);
      }
    }
    String unixObstacle = sharedCheck.unixObstacle();
    String notice =
        hidden == 0
            ? null
            : hidden
                + " connections of this machine are left out: their process belongs to another"
                + " user, or runs in another container"
                + (unixObstacle == null ? "" : "; " + unixObstacle);
    return new View(rows, notice);
  }

  @Override
  public void status(long connectionId, BiConsumer<String, String> out) {
    Connection connection = context.connections().find(connectionId);
    if (connection != null) {
      out.accept("Bytes_received", Long.toString(connection.transport().bytesReceived()));
      out.accept("Bytes_sent", Long.toString(connection.transport().bytesSent()));
      connection.client().status(out);
    }
  }

  @Override
  public @Nullable String socketState(long connectionId) {
    Connection connection = context.connections().find(connectionId);
    if (connection == null) {
      return null;
    }
    return switch (connection.transport().waiting()) {
      case WRITE -> SENDING;
      case PACKET, LOGIN, COMMAND -> connection.watch().isBusy() ? "Receiving from client" : null;
      case NOTHING -> null;
    };
  }

  @Override
  public void report(Event event, long connectionId, String text) {
    Connection connection = context.connections().find(connectionId);
    LogSubject subject = connection == null ? LogSubject.SERVER : connection.client().subject();
    LogEvent kind =
        switch (event) {
          case DEADLOCK -> LogEvent.DEADLOCK;
          case REFUSED_VARIABLE -> LogEvent.REFUSED_VARIABLE;
        };
    context.log().log(kind, subject, text);
  }

  @Override
  public List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    for (Connection connection : context.connections().open()) {
      if (connection.watch().session() == null) {
        Client client = connection.client();
        arrivals.add(
            new Arrival(
                client.id(),
                client.address(),
                Duration.between(client.connected(), Farewell.now()).toSeconds()));
      }
    }
    return arrivals;
  }

  @Override
  public boolean endArrival(long connectionId) {
    Connection connection = context.connections().find(connectionId);
    if (connection == null || connection.watch().session() != null) {
      return false;
    }
    connection.watch().end(CloseReason.KILLED);
    return true;
  }

  @Override
  public void forgetHosts() {
    context.hosts().forget();
  }

  @Override
  public void reopenLogs() {
    context.log().reopen();
  }
}
