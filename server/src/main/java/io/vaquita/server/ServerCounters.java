package io.vaquita.server;

import io.vaquita.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** What SHOW GLOBAL STATUS says of connections. Thread-safe. */
final class ServerCounters implements Database.StatusSource {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  final LongAdder connections = new LongAdder();
  final LongAdder abortedClients = new LongAdder();
  final LongAdder abortedConnects = new LongAdder();
  final LongAdder acceptErrors = new LongAdder();
  final LongAdder internalErrors = new LongAdder();
  final LongAdder maxConnectionsErrors = new LongAdder();
  final LongAdder tlsAccepts = new LongAdder();
  private final LongAdder closedBytesReceived = new LongAdder();
  private final LongAdder closedCommands = new LongAdder();
  private final LongAdder closedBytesSent = new LongAdder();
  private final AtomicLong connectedMax = new AtomicLong();
  private volatile Instant connectedMaxAt = Farewell.now();
  private final Collection<Connection> open;

  ServerCounters(Collection<Connection> open) {
    this.open = open;
  }

  void opened(int count) {
    connections.increment();
    if (count > connectedMax.getAndAccumulate(count, Math::max)) {
      connectedMaxAt = Farewell.now();
    }
  }

  @Override
  public void flush() {
    abortedClients.reset();
    connectedMax.set(open.size());
    connectedMaxAt = Farewell.now();
  }

  void closed(Connection connection) {
    closedBytesReceived.add(connection.transport().bytesReceived());
    closedBytesSent.add(connection.transport().bytesSent());
    closedCommands.add(connection.client().commands());
  }

  /** Commands of all connections since the start. */
  long commands() {
    long sum = closedCommands.sum();
    for (Connection connection : open) {
      sum += connection.client().commands();
    }
    return sum;
  }

  @Override
  public void status(BiConsumer<String, String> out) {
    long received = closedBytesReceived.sum();
    long sent = closedBytesSent.sum();
    int connected = 0;
    int running = 0;
    for (Connection connection : open) {
      received += connection.transport().bytesReceived();
      sent += connection.transport().bytesSent();
      connected++;
      running += connection.watch().isBusy() ? 1 : 0;
    }
    out.accept("Aborted_clients", abortedClients.toString());
    out.accept("Aborted_connects", abortedConnects.toString());
    out.accept("Bytes_received", Long.toString(received));
    out.accept("Bytes_sent", Long.toString(sent));
    out.accept("Connection_errors_accept", acceptErrors.toString());
    out.accept("Connection_errors_internal", internalErrors.toString());
    out.accept("Connection_errors_max_connections", maxConnectionsErrors.toString());
    out.accept("Connection_errors_peer_address", "0");
    out.accept("Connection_errors_select", "0");
    out.accept("Connection_errors_tcpwrap", "0");
    out.accept("Connections", connections.toString());
    out.accept("Max_used_connections", Long.toString(connectedMax.get()));
    out.accept("Max_used_connections_time", TIME.format(connectedMaxAt));
    out.accept("Ssl_accepts", tlsAccepts.toString());
    out.accept("Threads_cached", "0");
    out.accept("Threads_connected", Integer.toString(connected));
    out.accept("Threads_created", connections.toString());
    out.accept("Threads_running", Integer.toString(running));
  }
}
