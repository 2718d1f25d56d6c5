package io.vaquita.server;

import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.HandshakeResponse;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Reply;
import io.vaquita.server.Accounts.Account;
import io.vaquita.server.Farewell.Ending;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection from its greeting to its end: login, commands, farewell. Everything runs on its own thread, one at a time; what
 * others may ask and do is in {@link ConnectionWatch}, {@link Client} and {@link SocketTransport}, which are thread-safe.
 */
final class Connection implements ConnectionThreads.Work {
  /** What a login needs at most. */
  private static final int LOGIN_BUFFER_BYTES = 16384;

  /** No packet of a client that is not known yet is longer. */
  private static final long LOGIN_BYTES_MAX = 1 << 20;

  private final ServerContext context;
  private final SocketTransport transport;
  private final Client client;
  private final ConnectionWatch watch;
  private final int number;
  private final PacketWriter out;
  private final Login login;
  private final Farewell farewell;

  /** Null until the login is over; then where the connection's next thread goes on. */
  private @Nullable CommandLoop loop;

  /**
   * @param number how many connections there are with this one
   */
  Connection(ServerContext context, SocketTransport transport, Peer peer, long id, int number) {
    this.context = context;
    this.transport = transport;
    this.number = number;
    client = new Client(id, peer, Farewell.now());
    watch = new ConnectionWatch(transport, context.clock(), id);
    out = new PacketWriter(transport, LOGIN_BUFFER_BYTES);
    login =
        new Login(context, transport, new PacketReader(transport, LOGIN_BYTES_MAX), out, id, peer);
    farewell = new Farewell(context, client, transport, watch, login);
  }

  SocketTransport transport() {
    return transport;
  }

  Client client() {
    return client;
  }

  ConnectionWatch watch() {
    return watch;
  }

  @Override
  public boolean run() {
    Ending ending = new Ending(CloseReason.INTERNAL, "");
    boolean moves = false;
    try {
      if (loop == null) {
        loop = logIn();
      }
      loop.run();
      moves = true;
    } catch (IOException | RuntimeException | Error e) {
      ending = farewell.explain(e);
    } finally {
      if (!moves) {
        end(ending);
      }
    }
    return moves;
  }

  private void end(Ending ending) {
    try {
      if (loop != null) {
        loop.close();
      }
    } finally {
      try {
        farewell.end(ending);
      } finally {
        context.connections().remove(this);
      }
    }
  }

  /** @throws ConnectionEnd when the client was refused, and has been told */
  private CommandLoop logIn() throws IOException {
    long timeout = TimeUnit.SECONDS.toNanos(context.globalNumber("connect_timeout", 10));
    transport.timeouts(timeout, timeout);
    transport.awaitNext(SocketTransport.Wait.LOGIN, timeout);
    try {
      Account account = login.run();
      client.isNow(account.user(), login.response().attributes());
      if (number > context.connections().max() && !account.isAdministrator()) {
        context.counters().maxConnectionsErrors.increment();
        throw MySqlError.ER_CON_COUNT_ERROR.exception();
      }
      if (!context
          .connections()
          .takeAccountPlace(
              this, client.account(), context.globalNumber("max_user_connections", 0))) {
        throw MySqlError.ER_TOO_MANY_USER_CONNECTIONS.exception(account.user());
      }
      Session session = openSession();
      Reply.writeOk(
          out, Reply.OK, 0, 0, session.statusFlags(), 0, "", Map.of(), login.capabilities());
      out.flush();
      context.hosts().loggedIn(client.host());
      return new CommandLoop(
          context, client, transport, watch, login, session, login.startCompression(client));
    } catch (DatabaseException e) {
      throw refused(e);
    }
  }

  private Session openSession() {
    int capabilities = login.capabilities();
    HandshakeResponse response = login.response();
    Session session =
        context
            .database()
            .connect(
                client.options(
                    response.schema(),
                    response.collationId(),
                    Capability.has(capabilities, Capability.INTERACTIVE),
                    watch::onKill));
    watch.loggedIn(session);
    session.countFoundRows(Capability.has(capabilities, Capability.FOUND_ROWS));
    session.allowMultiStatements(Capability.has(capabilities, Capability.MULTI_STATEMENTS));
    return session;
  }

  private ConnectionEnd refused(DatabaseException e) throws IOException {
    if (!login.user().isEmpty()) {
      client.isNow(login.user(), login.response().attributes());
    }
    if (e.is(MySqlError.ER_ACCESS_DENIED_ERROR)) {
      context.hosts().accessDenied(client.host());
    }
    context.log().log(
        LogEvent.CONNECTION_REFUSED, client.subject(), e.number() + " " + e.message());
    out.discard();
    Reply.writeError(out, e.number(), e.sqlState(), e.message(), true);
    out.flush();
    return new ConnectionEnd(CloseReason.REFUSED, e.number() + " " + e.message(), e);
  }
}
