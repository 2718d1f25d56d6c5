package io.vaquita.server;

import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.CompressedStream;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.ProtocolException;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.server.Accounts.Account;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection between its login and its end: waits for a command, runs it, sends the reply. Confined to the connection's thread.
 */
final class CommandLoop {
  private final ServerContext context;
  private final Client client;
  private final SocketTransport transport;
  private final ConnectionWatch watch;
  private final Login login;
  private final PacketReader in;
  private final PacketWriter out;
  private final Session session;
  private final @Nullable CompressedStream compression;
  private final SessionSettings settings;
  private final Commands commands;
  private final PayloadReader payload = new PayloadReader(new byte[0]);
  private boolean isTransactionLimited;

  CommandLoop(
      ServerContext context,
      Client client,
      SocketTransport transport,
      ConnectionWatch watch,
      Login login,
      Session session,
      @Nullable CompressedStream compression) {
    this.context = context;
    this.client = client;
    this.transport = transport;
    this.watch = watch;
    this.login = login;
    this.in = login.in();
    this.out = login.out();
    this.session = session;
    this.compression = compression;
    settings = new SessionSettings(session);
    settings.onChange(this::applyTimeouts);
    transport.beforeWaiting(session::awaitsClient);
    if (Capability.has(login.capabilities(), Capability.LOCAL_FILES)) {
      session.clientFiles(new ClientFileTransfer(in, out, transport, settings));
    }
    commands = new Commands(context, client, watch, session, settings, login);
  }

  /** A timeout that a statement sets holds for the rest of its own reply too. */
  private void applyTimeouts() {
    transport.timeouts(settings.readTimeoutNanos(), settings.writeTimeoutNanos());
    out.flushAt(settings.bufferBytes());
  }

  /**
   * Returns between two commands, when the connection had better go on in a thread of the other kind: then to be called again there.
   *
   * @throws ConnectionEnd as any other exception: the connection is over
   */
  void run() throws IOException {
    applyTimeouts();
    do {
      awaitCommand();
      Command command = readCommand();
      if (command instanceof Command.Quit) {
        throw new ConnectionEnd(CloseReason.QUIT, "");
      }
      if (command instanceof Command.ChangeUser change) {
        changeUser(change);
      } else if (command != null) {
        commands.run(command);
      }
      // before the reply's last bytes: a client that has them all may leave at once, and is not
      // gone while its statement runs
      watch.idle();
      out.flush();
    } while (!context.threads().isMoveDue());
  }

  void close() {
    commands.closeStatements();
  }

  private void awaitCommand() throws IOException {
    session.setCommand("Sleep", "");
    in.release(settings.bufferBytes());
    out.release(settings.bufferBytes() + settings.bufferBytes() / 2);
    in.expect(0);
    in.payloadBytesMax(settings.packetBytesMax());
    if (compression != null) {
      compression.resetSequence();
    }
    transport.awaitNext(SocketTransport.Wait.COMMAND, waitNanos());
    throwIfEnded();
    boolean hasCommand;
    try {
      hasCommand = in.read();
    } catch (EOFException e) {
      throw new ConnectionEnd(CloseReason.END_OF_STREAM, "inside a packet", e);
    } catch (DeadlineException e) {
      throw e.waitKind() == SocketTransport.Wait.COMMAND && isTransactionLimited
          ? new ConnectionEnd(
              CloseReason.IDLE_TRANSACTION_TIMEOUT, "idle_transaction_timeout is over", e)
          : e;
    } catch (IOException e) {
      throwIfEnded();
      throw e;
    }
    if (!hasCommand) {
      throwIfEnded();
      throw new ConnectionEnd(
          CloseReason.END_OF_STREAM, "the client closed its end without saying goodbye");
    }
    if (session.isKilled()) {
      // the command and KILL crossed on the way: KILL has been acknowledged, so nothing runs any
      // more
      throwIfEnded();
    }
    client.commandBegins(transport.bytesSent());
    watch.busy();
  }

  /** wait_timeout, or idle_transaction_timeout where a transaction is open and that is shorter. */
  private long waitNanos() {
    long wait = settings.waitTimeoutNanos();
    long limit = settings.idleTransactionNanos();
    isTransactionLimited =
        limit > 0 && limit < wait && (session.statusFlags() & StatusFlag.IN_TRANSACTION) != 0;
    return isTransactionLimited ? limit : wait;
  }

  private void throwIfEnded() throws ConnectionEnd {
    if (session.isKilled()) {
      CloseReason reason = watch.endReason();
      throw new ConnectionEnd(reason == null ? CloseReason.KILLED : reason, "");
    }
    if (watch.isShuttingDown()) {
      throw new ConnectionEnd(CloseReason.SHUTDOWN, "");
    }
  }

  /** Null when the packet was malformed and has been answered. */
  private @Nullable Command readCommand() throws IOException {
    out.beginReply(in.nextSequence());
    payload.reset(in.array(), in.offset(), in.length());
    try {
      return Command.read(payload, login.capabilities());
    } catch (ProtocolException e) {
      context.log().log(LogEvent.MALFORMED_PACKET, client.subject(), e.detail());
      Reply.writeError(out, e.error().number(), e.error().sqlState(), e.error().message(), true);
      return null;
    }
  }

  private void changeUser(Command.ChangeUser change) throws IOException {
    byte[] scramble = context.authenticator().newScramble();
    long timeout = TimeUnit.SECONDS.toNanos(context.globalNumber("connect_timeout", 10));
    transport.awaitNext(SocketTransport.Wait.LOGIN, timeout);
    try {
      Account account =
          context
              .authenticator()
              .authenticate(
                  // the greeting's scramble is long gone, so the plugin is always asked again
                  new Authenticator.Claim(
                      change.user(), client.host(), "", change.authentication(), scramble),
                  new Authenticator.Exchange(in, out, login.isSecure()));
      commands.closeStatements();
      client.isNow(account.user(), change.attributes());
      session.changeUser(
          client.options(
              change.schema(),
              change.collationId(),
              Capability.has(login.capabilities(), Capability.INTERACTIVE),
              watch::onKill));
      commands.ok();
    } catch (DatabaseException e) {
      commands.error(e);
      out.flush();
      throw new ConnectionEnd(CloseReason.CHANGE_USER_FAILED, e.message());
    }
  }
}
