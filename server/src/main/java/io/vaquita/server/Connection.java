package io.vaquita.server;

import io.vaquita.ConnectOptions;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.CompressedStream;
import io.vaquita.protocol.HandshakeResponse;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.ProtocolException;
import io.vaquita.protocol.Reply;
import io.vaquita.server.Accounts.Account;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection from its greeting to its end. Everything runs on its own virtual thread, except what the watcher and
 * killers call: {@link #watch}, {@link #isBusy}, {@link #shutdown} and {@link #transport}, which are thread-safe.
 */
final class Connection implements Runnable {
  /** net_buffer_length: finished packets are written when there is so much of them, and kept as memory while idle. */
  private static final int BUFFER_BYTES = 16384;

  /** No packet of a client that is not known yet is longer. */
  private static final long LOGIN_BYTES_MAX = 1 << 20;

  /** Statements that run longer have their client watched. */
  private static final long WATCH_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** A killed connection that has not ended by then loses its socket. */
  private static final long KILL_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ServerContext context;
  private final SocketTransport transport;
  private final Peer peer;
  private final long id;
  private final int number;
  private final PacketReader in;
  private final PacketWriter out;
  private final PayloadReader payload = new PayloadReader(new byte[0]);
  private final Login login;

  private volatile @Nullable Session session;
  private volatile long busySinceNanos;
  private volatile long killedAtNanos;
  private volatile boolean isClientGone;
  private volatile boolean isShuttingDown;
  private volatile boolean isAhead;
  private volatile boolean isSharedReported;

  private @Nullable CompressedStream compression;
  private String user = "unauthenticated";
  private int capabilities;
  private long replyBytes;

  /**
   * @param number how many connections there are with this one
   */
  Connection(ServerContext context, SocketTransport transport, Peer peer, long id, int number) {
    this.context = context;
    this.transport = transport;
    this.peer = peer;
    this.id = id;
    this.number = number;
    in = new PacketReader(transport, LOGIN_BYTES_MAX);
    out = new PacketWriter(transport, BUFFER_BYTES);
    login = new Login(context, transport, in, out, id, peer);
  }

  SocketTransport transport() {
    return transport;
  }

  /** Whether a command runs. */
  boolean isBusy() {
    return busySinceNanos != 0;
  }

  @Override
  public void run() {
    CloseReason reason = CloseReason.INTERNAL;
    String detail = "";
    try {
      Session open = logIn();
      if (open == null) {
        reason = CloseReason.ACCESS_DENIED;
      } else {
        serve(open);
      }
    } catch (ConnectionEnd e) {
      reason = e.reason();
      detail = String.valueOf(e.getMessage());
    } catch (ProtocolException e) {
      reason = reasonOf(e);
      detail = e.detail();
      tell(e.error().number(), e.error().sqlState(), e.error().message());
      transport.drain();
    } catch (DeadlineException e) {
      reason = onDeadline(e);
      detail = detailOf(reason);
    } catch (WriteFailedException e) {
      reason = CloseReason.WRITE_ERROR;
      detail = String.valueOf(e.getMessage());
    } catch (IOException e) {
      reason = session == null ? CloseReason.LOGIN_ABANDONED : CloseReason.READ_ERROR;
      detail = String.valueOf(e.getMessage());
    } catch (RuntimeException | Error e) {
      context.log().log(ErrorLog.Level.ERROR, id, "internal-error", String.valueOf(e), e);
      tell(MySqlError.ER_UNKNOWN_ERROR.number(), "HY000", "Internal error: " + e);
    } finally {
      end(reason, detail);
    }
  }

  /** Null when the client was refused. */
  private @Nullable Session logIn() throws IOException {
    long timeout = seconds("connect_timeout", 10);
    transport.timeouts(timeout, timeout);
    transport.awaitNext(SocketTransport.Wait.LOGIN, timeout);
    try {
      Account account = login.run();
      user = account.user();
      capabilities = login.capabilities();
      if (number > context.connections().max() && !account.isAdministrator()) {
        context.counters().maxConnectionsErrors.increment();
        throw MySqlError.ER_CON_COUNT_ERROR.exception();
      }
      Session open = context.database().connect(connectOptions(account));
      session = open;
      open.countFoundRows(Capability.has(capabilities, Capability.FOUND_ROWS));
      open.allowMultiStatements(Capability.has(capabilities, Capability.MULTI_STATEMENTS));
      Reply.writeOk(out, Reply.OK, 0, 0, open.statusFlags(), 0, "", Map.of(), capabilities);
      out.flush();
      compression = login.startCompression();
      return open;
    } catch (DatabaseException e) {
      user = login.user().isEmpty() ? user : login.user();
      context.log().log(
          ErrorLog.Level.NOTE,
          id,
          "connection-refused",
          "client " + peer.address() + ": " + e.number() + ' ' + e.message());
      out.discard();
      Reply.writeError(out, e.number(), e.sqlState(), e.message(), true);
      out.flush();
      return null;
    }
  }

  private ConnectOptions connectOptions(Account account) {
    HandshakeResponse response = login.response();
    return new ConnectOptions(
        id,
        account.user(),
        peer.host(),
        peer.address(),
        response.schema(),
        response.collationId(),
        Capability.has(capabilities, Capability.INTERACTIVE),
        response.attributes(),
        this::onKill);
  }

  private long seconds(String variable, long otherwise) {
    return TimeUnit.SECONDS.toNanos(context.globalNumber(variable, otherwise));
  }

  /** Never returns: a connection ends by an exception. */
  private void serve(Session open) throws IOException {
    SessionSettings settings = new SessionSettings(open);
    Commands commands = new Commands(context, open, settings, out, capabilities);
    try {
      while (true) {
        awaitCommand(open, settings);
        Command command = readCommand();
        if (command instanceof Command.Quit) {
          throw new ConnectionEnd(CloseReason.QUIT, "");
        }
        if (command instanceof Command.ChangeUser change) {
          changeUser(open, commands, change);
        } else if (command != null) {
          commands.run(command);
        }
        finishReply(open, commands);
      }
    } finally {
      commands.closeStatements();
    }
  }

  private void awaitCommand(Session open, SessionSettings settings) throws IOException {
    open.setCommand("Sleep", "");
    in.release(BUFFER_BYTES);
    out.release(BUFFER_BYTES + BUFFER_BYTES / 2);
    in.expect(0);
    in.payloadBytesMax(settings.packetBytesMax());
    if (compression != null) {
      compression.resetSequence();
    }
    transport.timeouts(settings.readTimeoutNanos(), settings.writeTimeoutNanos());
    transport.awaitNext(SocketTransport.Wait.COMMAND, settings.waitTimeoutNanos());
    busySinceNanos = 0;
    if (open.isKilled()) {
      throw killed();
    }
    if (isShuttingDown) {
      throw new ConnectionEnd(CloseReason.SHUTDOWN, "");
    }
    boolean hasCommand;
    try {
      hasCommand = in.read();
    } catch (EOFException e) {
      throw new ConnectionEnd(CloseReason.END_OF_STREAM, "inside a packet", e);
    } catch (DeadlineException e) {
      throw e;
    } catch (IOException e) {
      if (open.isKilled()) {
        throw killed();
      }
      throw e;
    }
    if (!hasCommand) {
      throw endOfStream(open);
    }
    busySinceNanos = context.clock().nanos() | 1;
  }

  private ConnectionEnd endOfStream(Session open) {
    if (isShuttingDown) {
      return new ConnectionEnd(CloseReason.SHUTDOWN, "");
    }
    return open.isKilled()
        ? killed()
        : new ConnectionEnd(
            CloseReason.END_OF_STREAM, "the client closed its end without saying goodbye");
  }

  private ConnectionEnd killed() {
    return isClientGone
        ? new ConnectionEnd(CloseReason.CLIENT_GONE, "its statement was cancelled and rolled back")
        : new ConnectionEnd(CloseReason.KILLED, "");
  }

  /** Null when the packet was malformed and has been answered. */
  private @Nullable Command readCommand() throws IOException {
    out.beginReply(in.nextSequence());
    payload.reset(in.array(), in.offset(), in.length());
    try {
      return Command.read(payload, capabilities);
    } catch (ProtocolException e) {
      context.log().log(ErrorLog.Level.WARNING, id, "malformed-packet", describe(e.detail()));
      Reply.writeError(out, e.error().number(), e.error().sqlState(), e.error().message(), true);
      return null;
    }
  }

  private void finishReply(Session open, Commands commands) throws IOException {
    if (isShuttingDown && open.isKilled()) {
      out.beginReply(in.nextSequence());
      DatabaseException e = MySqlError.ER_SERVER_SHUTDOWN.exception();
      commands.error(e.number(), e.sqlState(), e.message());
    }
    replyBytes = out.pendingBytes();
    out.flush();
    replyBytes = 0;
  }

  private void changeUser(Session open, Commands commands, Command.ChangeUser change)
      throws IOException {
    byte[] scramble = context.authenticator().newScramble();
    transport.awaitNext(SocketTransport.Wait.LOGIN, seconds("connect_timeout", 10));
    try {
      Account account =
          context
              .authenticator()
              .authenticate(
                  // the greeting's scramble is long gone, so the plugin is always asked again
                  new Authenticator.Claim(
                      change.user(), peer.host(), "", change.authentication(), scramble),
                  new Authenticator.Exchange(in, out, login.isSecure()));
      commands.closeStatements();
      open.changeUser(
          new ConnectOptions(
              id,
              account.user(),
              peer.host(),
              peer.address(),
              change.schema(),
              change.collationId(),
              Capability.has(capabilities, Capability.INTERACTIVE),
              change.attributes(),
              this::onKill));
      user = account.user();
      commands.ok();
    } catch (DatabaseException e) {
      commands.error(e.number(), e.sqlState(), e.message());
      out.flush();
      throw new ConnectionEnd(CloseReason.CHANGE_USER_FAILED, e.message());
    }
  }

  // ---- ends

  private static CloseReason reasonOf(ProtocolException e) {
    return switch (e.error()) {
      case PACKET_TOO_LARGE -> CloseReason.PACKET_TOO_LARGE;
      case PACKETS_OUT_OF_ORDER -> CloseReason.OUT_OF_ORDER;
      case UNCOMPRESS -> CloseReason.BAD_COMPRESSION;
      case HANDSHAKE, UNKNOWN_COMMAND, READ, WRONG_ARGUMENTS, MALFORMED_PACKET ->
          CloseReason.BAD_HANDSHAKE;
    };
  }

  private CloseReason onDeadline(DeadlineException e) {
    return switch (e.waitKind()) {
      case COMMAND -> {
        DatabaseException idle = MySqlError.ER_CLIENT_INTERACTION_TIMEOUT.exception();
        tell(idle.number(), idle.sqlState(), idle.message());
        yield CloseReason.IDLE_TIMEOUT;
      }
      case PACKET -> {
        DatabaseException late = MySqlError.ER_NET_READ_INTERRUPTED.exception();
        tell(late.number(), late.sqlState(), late.message());
        yield CloseReason.READ_TIMEOUT;
      }
      case LOGIN -> CloseReason.LOGIN_TIMEOUT;
      case WRITE, NOTHING -> CloseReason.WRITE_TIMEOUT;
    };
  }

  private String detailOf(CloseReason reason) {
    return reason == CloseReason.WRITE_TIMEOUT
        ? "the client took none of the reply to its last command for net_write_timeout; "
            + transport.bytesSent()
            + " bytes were sent in all, "
            + replyBytes
            + " waited in the buffer"
        : "";
  }

  /** Sends an error outside of any reply, as the last thing: with sequence number 0, so that any client can read it. */
  private void tell(int number, String sqlState, String message) {
    try {
      out.beginReply(session == null ? out.sequence() : 0);
      Reply.writeError(out, number, sqlState, message, session != null);
      out.flush();
    } catch (IOException ignored) {
      // the client is not there to be told
    }
  }

  private void end(CloseReason given, String detail) {
    CloseReason reason = isClientGone ? CloseReason.CLIENT_GONE : given;
    Session open = session;
    String schema = open == null ? null : open.currentSchema();
    try {
      transport.close();
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException | Error e) {
      context.log().log(ErrorLog.Level.ERROR, id, "internal-error", "closing a session: " + e, e);
    } finally {
      count(reason, open != null);
      if (reason.isLogged()) {
        context.log().log(
            reason == CloseReason.INTERNAL ? ErrorLog.Level.ERROR : ErrorLog.Level.NOTE,
            id,
            "connection-closed",
            describeEnd(reason, detail, schema));
      }
      context.connections().remove(this);
    }
  }

  private void count(CloseReason reason, boolean hadSession) {
    if (!hadSession) {
      context.counters().abortedConnects.increment();
    } else if (reason.isAbortedClient()) {
      context.counters().abortedClients.increment();
    }
  }

  private String describeEnd(CloseReason reason, String detail, @Nullable String schema) {
    String text =
        MySqlError.ER_NEW_ABORTING_CONNECTION.format(
            id, schema == null ? "unconnected" : schema, user, peer.address(), reason.text());
    String advice = reason == CloseReason.OUT_OF_ORDER ? SharedConnectionAdvice.TEXT : "";
    return detail.isEmpty() ? text + advice : text + ' ' + detail + advice;
  }

  private String describe(String detail) {
    return "user '" + user + "' client " + peer.address() + ": " + detail;
  }

  // ---- called by other threads

  /** After the session was marked as killed: wakes the thread when it waits for its client. */
  private void onKill() {
    killedAtNanos = context.clock().nanos() | 1;
    switch (transport.waiting()) {
      case COMMAND, PACKET, LOGIN -> transport.shutdownInput();
      case WRITE -> transport.close();
      case NOTHING -> {}
    }
  }

  /** For the watcher's sweep: overdue waits, clients that are gone, killed connections that do not end. */
  void watch(long nowNanos) {
    transport.expireIfDue(nowNanos);
    long killedAt = killedAtNanos;
    if (killedAt != 0 && nowNanos - killedAt > KILL_GRACE_NANOS) {
      transport.close();
    }
    long since = busySinceNanos;
    if (since != 0
        && nowNanos - since > WATCH_AFTER_NANOS
        && !isAhead
        && session != null
        && transport.canReadAhead()) {
      isAhead = true;
      Thread.ofVirtual().name("vaquita-watch-" + id).start(this::watchClient);
    }
  }

  private void watchClient() {
    try {
      boolean isGone = transport.readAhead();
      Session open = session;
      if (isGone && isBusy() && open != null) {
        isClientGone = true;
        open.kill();
      }
    } finally {
      isAhead = false;
    }
  }

  /** The server stops: an idle connection ends at once, a running statement when it is killed. */
  void shutdown(boolean kills) {
    isShuttingDown = true;
    Session open = session;
    if (!isBusy()) {
      transport.shutdownInput();
    } else if (kills && open != null) {
      open.kill();
    }
  }

  /** The client's TCP port when it is a process of this machine, else 0. */
  int localClientPort() {
    return peer.localPort();
  }

  /** Several processes hold the client's end. Said once a connection. */
  void sharedBy(List<SocketHolders.Holder> holders, boolean kills) {
    if (isSharedReported) {
      return;
    }
    isSharedReported = true;
    context.log().log(
        ErrorLog.Level.WARNING,
        id,
        "shared-connection",
        "The client's end of connection "
            + id
            + " (client "
            + peer.address()
            + ") is held by several processes: "
            + holders
            + (kills ? ". It is closed." : ".")
            + SharedConnectionAdvice.TEXT);
    Session open = session;
    if (kills && open != null) {
      open.kill();
    }
  }

  void closeSocket() {
    transport.close();
  }
}
