package io.vaquita.server;

import io.vaquita.Session;
import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.ProtocolException;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.StatusFlag;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection: what the client is told, what happens to its session, what is counted, logged and kept. Confined to the
 * connection's thread.
 */
final class Farewell {
  /** A client that does not take the last word to it in this time does not get it. */
  private static final long LAST_WORD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ServerContext context;
  private final Client client;
  private final SocketTransport transport;
  private final ConnectionWatch watch;
  private final PacketReader in;
  private final PacketWriter out;

  /** Why a connection ended, with what is worth saying of it. Immutable. */
  record Ending(CloseReason reason, String detail) {}

  Farewell(
      ServerContext context,
      Client client,
      SocketTransport transport,
      ConnectionWatch watch,
      Login login) {
    this.context = context;
    this.client = client;
    this.transport = transport;
    this.watch = watch;
    this.in = login.in();
    this.out = login.out();
  }

  static Instant now() {
    return Instant.EPOCH.plus(Environment.system().clock().wallMicros(), ChronoUnit.MICROS);
  }

  /** What a failure of the connection's thread means; tells the client, where it can still be told. */
  Ending explain(Throwable failure) {
    return switch (failure) {
      case ConnectionEnd e -> explain(e);
      case ProtocolException e -> {
        CloseReason reason = reasonOf(e);
        tell(
            reason == CloseReason.OUT_OF_ORDER ? 0 : in.nextSequence(),
            e.error().number(),
            e.error().sqlState(),
            e.error().message());
        transport.drain();
        yield new Ending(reason, e.detail());
      }
      case DeadlineException e -> explain(e);
      case WriteFailedException e ->
          new Ending(CloseReason.WRITE_ERROR, e.getMessage() + "; " + reply());
      case IOException e ->
          new Ending(
              watch.session() == null ? CloseReason.LOGIN_ABANDONED : CloseReason.READ_ERROR,
              String.valueOf(e.getMessage()));
      default -> {
        context.log().log(
            LogEvent.INTERNAL_ERROR, client.subject(), "", String.valueOf(failure), failure);
        tell(
            in.nextSequence(),
            MySqlError.ER_UNKNOWN_ERROR.number(),
            "HY000",
            "Internal error: " + failure);
        yield new Ending(CloseReason.INTERNAL, String.valueOf(failure));
      }
    };
  }

  private Ending explain(ConnectionEnd end) {
    if (end.reason() == CloseReason.IDLE_TRANSACTION_TIMEOUT) {
      tell(MySqlError.ER_CLIENT_INTERACTION_TIMEOUT);
    }
    return new Ending(end.reason(), String.valueOf(end.getMessage()));
  }

  private Ending explain(DeadlineException late) {
    return switch (late.waitKind()) {
      case COMMAND -> {
        tell(MySqlError.ER_CLIENT_INTERACTION_TIMEOUT);
        yield new Ending(CloseReason.IDLE_TIMEOUT, "wait_timeout is over");
      }
      case PACKET -> {
        tell(MySqlError.ER_NET_READ_INTERRUPTED);
        yield new Ending(
            CloseReason.READ_TIMEOUT, "the rest of a packet did not come for net_read_timeout");
      }
      case LOGIN ->
          watch.session() == null
              ? new Ending(CloseReason.LOGIN_TIMEOUT, "connect_timeout is over")
              : new Ending(
                  CloseReason.CHANGE_USER_FAILED,
                  "the client did not answer for connect_timeout while it changed its user");
      case WRITE, NOTHING ->
          new Ending(
              CloseReason.WRITE_TIMEOUT,
              "the client took nothing for net_write_timeout; " + reply());
    };
  }

  /** What was being sent and how much of it. */
  private String reply() {
    Session open = watch.session();
    if (open == null) {
      return "during the login";
    }
    return "of the reply to its command no. "
        + client.commands()
        + ' '
        + (transport.bytesSent() - client.bytesSentBefore())
        + " bytes were sent, "
        + out.pendingBytes()
        + " waited in the buffer; statement: "
        + open.lastStatement();
  }

  private static CloseReason reasonOf(ProtocolException e) {
    return switch (e.error()) {
      case PACKET_TOO_LARGE -> CloseReason.PACKET_TOO_LARGE;
      case PACKETS_OUT_OF_ORDER -> CloseReason.OUT_OF_ORDER;
      case UNCOMPRESS -> CloseReason.BAD_COMPRESSION;
      case HANDSHAKE, UNKNOWN_COMMAND, READ, WRONG_ARGUMENTS, MALFORMED_PACKET ->
          CloseReason.BAD_HANDSHAKE;
    };
  }

  private void tell(MySqlError error) {
    DatabaseException e = error.exception();
    tell(in.nextSequence(), e.number(), e.sqlState(), e.message());
  }

  /** Sends an error as the last thing, with the sequence number that the client expects next. */
  private void tell(int sequence, int number, String sqlState, String message) {
    try {
      boolean isLoggedIn = watch.session() != null;
      transport.timeouts(LAST_WORD_NANOS, LAST_WORD_NANOS);
      out.beginReply(isLoggedIn ? sequence : out.sequence());
      Reply.writeError(out, number, sqlState, message, isLoggedIn);
      out.flush();
    } catch (IOException ignored) {
      // the client is not there to be told
    }
  }

  /** Closes the socket first, so that the client does not wait for what a rollback needs; then the session. */
  void end(Ending found) {
    CloseReason other = watch.endReason();
    Ending ending =
        other == null || !found.reason().isVague() && found.reason() != CloseReason.KILLED
            ? found
            : new Ending(other, other == CloseReason.CLIENT_GONE ? reply() : found.detail());
    Session open = watch.session();
    String schema = open == null ? null : open.currentSchema();
    String lastStatement = open == null ? "" : open.lastStatement();
    String detail = ending.detail();
    boolean hadTransaction = false;
    try {
      transport.close();
      if (open != null) {
        hadTransaction = (open.statusFlags() & StatusFlag.IN_TRANSACTION) != 0;
        open.close();
      }
    } catch (RuntimeException | Error e) {
      context.log().log(
          LogEvent.INTERNAL_ERROR, client.subject(), "", "closing a session: " + e, e);
    } finally {
      if (hadTransaction) {
        detail += (detail.isEmpty() ? "" : "; ") + "its open transaction was rolled back";
      }
      count(ending.reason(), open != null);
      log(ending.reason(), detail, schema, hadTransaction);
      remember(ending.reason(), detail, schema, lastStatement);
    }
  }

  private void count(CloseReason reason, boolean hadSession) {
    if (!hadSession) {
      context.counters().abortedConnects.increment();
      if (reason != CloseReason.REFUSED && reason != CloseReason.SHUTDOWN) {
        context.hosts().handshakeFailed(client.host());
      }
    } else if (reason.isAbortedClient()) {
      context.counters().abortedClients.increment();
    }
  }

  private void log(
      CloseReason reason, String detail, @Nullable String schema, boolean hadTransaction) {
    LogEvent event = reason.event();
    if (event == null || reason == CloseReason.REFUSED) {
      return;
    }
    // whoever leaves a transaction behind is worth a warning
    boolean isLoss = event == LogEvent.CLIENT_LEFT && hadTransaction;
    String text =
        MySqlError.ER_NEW_ABORTING_CONNECTION.format(
            client.id(),
            schema == null ? "unconnected" : schema,
            client.user(),
            client.address(),
            reason.text());
    String advice = reason == CloseReason.OUT_OF_ORDER ? SharedConnectionAdvice.TEXT : "";
    context.log().log(
        isLoss ? LogEvent.CONNECTION_CLOSED : event,
        client.subject(),
        reason.name(),
        (detail.isEmpty() ? text : text + ' ' + detail) + advice,
        null);
  }

  private void remember(
      CloseReason reason, String detail, @Nullable String schema, String lastStatement) {
    context
        .closedConnections()
        .add(
            new ClosedConnection(
                client.id(),
                client.account(),
                client.address(),
                client.program(),
                schema,
                client.connected(),
                now(),
                reason,
                detail,
                lastStatement,
                client.commands(),
                transport.bytesReceived(),
                transport.bytesSent()));
  }
}
