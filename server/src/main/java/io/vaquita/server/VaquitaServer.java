package io.vaquita.server;

import io.vaquita.Database;
import io.vaquita.environment.Environment;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A database offered to MySQL clients over TCP and a Unix socket. Thread-safe. The database stays the caller's.
 *
 * <p>Threads: one platform thread accepts for each address; one watches deadlines and clients; each connection has a virtual one.
 *
 * <pre>{@code
 * try (Database database = Database.open(path)) {
 *   VaquitaServer server = VaquitaServer.start(database, ServerOptions.onFreePort(), System.err);
 *   …
 *   server.close(Duration.ofSeconds(5));
 * }
 * }</pre>
 */
public final class VaquitaServer implements AutoCloseable {
  /**
   * What the kernel takes of a reply whose client, on this machine, does not read. Left to itself it takes megabytes, which helps where a way
   * is long; here it only costs the time to fill and the memory to hold them.
   */
  private static final int LOCAL_SEND_BYTES = 256 * 1024;

  private static final int BACKLOG = 1024;
  private static final long SWEEP_MILLIS = 100;
  private static final int SWEEPS_PER_SECOND = 10;

  /** So many are looked at in every sweep; of more, a quarter in each: all of them twice a second, for a quarter of the work. */
  private static final int SWEPT_AT_ONCE = 2500;

  private static final long SHARED_CHECK_NANOS_MIN = TimeUnit.SECONDS.toNanos(5);
  private static final long SHARED_CHECK_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final long SECOND_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ServerContext context;
  private final List<ServerSocketChannel> listeners = new CopyOnWriteArrayList<>();
  private final Thread watcher;
  private final ServerFrontend frontend;
  private final SharedConnectionCheck sharedCheck;
  private volatile boolean isClosed;

  private VaquitaServer(ServerContext context) {
    this.context = context;
    sharedCheck = new SharedConnectionCheck(context);
    frontend = new ServerFrontend(context, sharedCheck);
    watcher = Thread.ofPlatform().daemon().name("vaquita-watcher").unstarted(this::sweep);
  }

  /**
   * Listens and returns when clients can connect.
   *
   * @throws IOException when an address cannot be had
   * @throws IllegalArgumentException when the options would let strangers in
   */
  public static VaquitaServer start(Database database, ServerOptions options, PrintStream log)
      throws IOException {
    return start(database, options, new LogOutput(log));
  }

  static VaquitaServer start(Database database, ServerOptions options, LogOutput log)
      throws IOException {
    if (options.bindAddress() != null
        && options.rootPassword().isEmpty()
        && !InetAddress.getByName(options.bindAddress()).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "The account root has no password, so only loopback addresses can be bound, not "
              + options.bindAddress()
              + ". Give a password with --root-password-file FILE or VAQUITA_ROOT_PASSWORD.");
    }
    VaquitaServer server = new VaquitaServer(context(database, options, log));
    try {
      server.listen();
    } catch (IOException e) {
      server.closeListeners();
      throw e;
    }
    server.sharedCheck.serverPort(server.port());
    database.addStatusSource(server.context.counters());
    database.attach(server.frontend);
    server.watcher.start();
    if (server.sharedCheck.obstacle() == null) {
      Thread.ofPlatform()
          .daemon()
          .name("vaquita-shared-connections")
          .start(server::checkSharedConnections);
    }
    for (ServerSocketChannel listener : server.listeners) {
      server.acceptFrom(listener);
    }
    return server;
  }

  private static ServerContext context(Database database, ServerOptions options, LogOutput log) {
    ServerKeys keys =
        new ServerKeys(options.certificateFile(), options.keyFile(), options.keysDirectory());
    Connections connections = new Connections(database);
    return new ServerContext(
        database,
        options,
        keys,
        new Authenticator(RootAccount.withPassword(options.rootPassword()), keys),
        connections.counters(),
        new ErrorLog(log, database::globalVariable, Clock.systemUTC()),
        new CoarseClock(Environment.system().clock()),
        connections,
        new ConnectionThreads(options.platformConnections()),
        new ClosedConnections(),
        new HostCache(
            () -> number(database, "host_cache_size", 0),
            () -> number(database, "max_connect_errors", 100),
            Farewell::now),
        new PreparedStatementCount());
  }

  private static long number(Database database, String variable, long otherwise) {
    String text = database.globalVariable(variable);
    return text.isEmpty() ? otherwise : Long.parseUnsignedLong(text);
  }

  private void listen() throws IOException {
    ServerOptions options = context.options();
    if (options.bindAddress() != null) {
      bind(new InetSocketAddress(options.bindAddress(), options.port()));
    }
    Path socketFile = options.socketFile();
    if (socketFile != null) {
      removeStale(socketFile);
      ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listeners.add(unix);
      unix.bind(UnixDomainSocketAddress.of(socketFile), BACKLOG);
    }
  }

  private ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    ServerSocketChannel tcp = ServerSocketChannel.open();
    listeners.add(tcp);
    tcp.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    tcp.bind(address, BACKLOG);
    return tcp;
  }

  /** Listens on one more address from now on. */
  ServerSocketChannel listenAlso(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = bind(address);
    acceptFrom(listener);
    return listener;
  }

  private void acceptFrom(ServerSocketChannel listener) {
    Thread.ofPlatform().daemon().name("vaquita-accept").start(() -> accept(listener));
  }

  /** A socket file that nobody listens on is left over from a server that was killed. */
  private static void removeStale(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      throw new IOException("another server listens on " + file + " (" + probe.isOpen() + ")");
    } catch (ConnectException e) {
      Files.delete(file);
    }
  }

  /** The TCP port; -1 without TCP. */
  public int port() {
    for (ServerSocketChannel listener : listeners) {
      try {
        if (listener.getLocalAddress() instanceof InetSocketAddress address) {
          return address.getPort();
        }
      } catch (IOException e) {
        return -1;
      }
    }
    return -1;
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return context.connections().count();
  }

  private void accept(ServerSocketChannel listener) {
    while (!isClosed) {
      try {
        SocketChannel channel = listener.accept();
        if (!listener.isOpen()) {
          // the system listens until the last call that waits has returned
          channel.close();
          return;
        }
        take(channel);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        context.counters().acceptErrors.increment();
        context.log().log(LogEvent.ACCEPT_FAILED, String.valueOf(e.getMessage()));
        // most likely there are too many open files: leave some time to those that close
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      } catch (RuntimeException | Error e) {
        // no memory for one more, or a bug: that is the end of one connection, never of this thread
        context.counters().internalErrors.increment();
        logBug("a connection could not be taken", e);
      }
    }
  }

  private void logBug(String what, Throwable bug) {
    context.log().log(LogEvent.INTERNAL_ERROR, LogSubject.SERVER, what, what + ": " + bug, bug);
  }

  /** Takes a connection: from a listener, or the server's end of a pipe inside the process. */
  void take(SocketChannel channel) throws IOException {
    SocketTransport transport = new SocketTransport(channel, context.clock());
    int number = context.connections().takePlace();
    if (number > context.connections().max() + 1) {
      context.connections().giveBack();
      context.counters().maxConnectionsErrors.increment();
      MySqlError error = MySqlError.ER_CON_COUNT_ERROR;
      refuse(transport, error, error.format());
      context.log().log(
          LogEvent.TOO_MANY_CONNECTIONS,
          context.connections().count() + " are open, max_connections is reached");
      return;
    }
    Connection connection;
    try {
      long id = context.database().nextConnectionId();
      Peer peer = Peer.of(channel, id);
      if (!peer.isExempt() && context.hosts().isBlocked(peer.host())) {
        context.connections().giveBack();
        context.counters().abortedConnects.increment();
        String text = MySqlError.ER_HOST_IS_BLOCKED.format(peer.host());
        refuse(transport, MySqlError.ER_HOST_IS_BLOCKED, text);
        context.log().log(LogEvent.HOST_BLOCKED, new LogSubject(0, "", peer.address()), text);
        return;
      }
      if (!peer.isUnixSocket()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        KeepAlive.set(channel, context.database());
        if (peer.localPort() > 0) {
          channel.setOption(StandardSocketOptions.SO_SNDBUF, LOCAL_SEND_BYTES);
        }
      }
      connection = new Connection(context, transport, peer, id, number);
    } catch (IOException | RuntimeException | Error e) {
      context.connections().giveBack();
      transport.close();
      throw e;
    }
    context.connections().add(connection);
    try {
      context.threads().start(connection.client().id(), connection);
    } catch (RuntimeException | Error e) {
      transport.close();
      context.connections().remove(connection);
      throw e;
    }
  }

  /** An error instead of a greeting: few bytes, which a new socket takes without waiting. */
  private void refuse(SocketTransport transport, MySqlError error, String text) {
    Thread.ofVirtual()
        .start(
            () -> {
              PacketWriter out = new PacketWriter(transport, 512);
              try {
                Reply.writeError(out, error.number(), error.sqlState(), text, false);
                out.flush();
              } catch (IOException ignored) {
                // gone before it could be told
              } finally {
                transport.close();
              }
            });
  }

  /** Those that have had a command in the last second, or have one; but for those that wait for a lock now. */
  private int countActive() {
    int count = 0;
    for (Connection connection : context.connections().open()) {
      boolean hasWorked = connection.client().hasWorked() || connection.watch().isBusy();
      count += hasWorked && !connection.watch().isBlocked() ? 1 : 0;
    }
    return count;
  }

  private void sweep() {
    Rounds<Connection> rounds = new Rounds<>(context.connections().open());
    for (int sweeps = 0; !isClosed; sweeps++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS));
      context.clock().advance();
      int part = Math.max(SWEPT_AT_ONCE, context.connections().count() / 4 + 1);
      rounds.visit(part, this::sweep);
      if (sweeps % SWEEPS_PER_SECOND == 0) {
        context.threads().active(countActive());
        context.log().tellLeftOut();
      }
    }
  }

  private void sweep(Connection connection) {
    try {
      connection.watch().sweep(context.clock().nanos());
    } catch (RuntimeException | Error e) {
      // all deadlines of all others hang on this thread
      logBug("watching connection " + connection.client().id(), e);
    }
  }

  /** Looks every few seconds, less often where looking takes more than a hundredth of a processor, and at once again to confirm what it sees. */
  private void checkSharedConnections() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long rest = SHARED_CHECK_NANOS_MIN;
    while (!isClosed) {
      LockSupport.parkNanos(rest);
      long before = threads.getCurrentThreadCpuTime();
      boolean isToBeConfirmed = lookForSharedConnections();
      long taken = threads.getCurrentThreadCpuTime() - before;
      rest =
          isToBeConfirmed
              ? SECOND_LOOK_NANOS
              : Math.clamp(taken * 100, SHARED_CHECK_NANOS_MIN, SHARED_CHECK_NANOS_MAX);
    }
  }

  /**
   * Looks now; two looks in a row report.
   *
   * @return whether something was seen that the next look would report
   */
  boolean lookForSharedConnections() {
    return sharedCheck.look();
  }

  /** Takes no further clients, gives running statements some seconds, ends the rest with 1053. */
  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  /** As {@link #close()}, with another time for running statements. */
  public void close(Duration grace) {
    closeListeners();
    shutdownConnections(false);
    awaitNoConnections(grace);
    shutdownConnections(true);
    awaitNoConnections(Duration.ofSeconds(2));
    for (Connection connection : context.connections().open()) {
      connection.transport().close();
    }
    awaitNoConnections(Duration.ofSeconds(2));
    isClosed = true;
    context.database().attach(null);
    context.log().log(LogEvent.STOPPED, "Vaquita has stopped");
    LockSupport.unpark(watcher);
  }

  private void shutdownConnections(boolean kills) {
    for (Connection connection : context.connections().open()) {
      connection.watch().shutdown(kills);
    }
  }

  private void awaitNoConnections(Duration time) {
    long until = Environment.system().clock().monotonicNanos() + time.toNanos();
    while (context.connections().count() > 0
        && Environment.system().clock().monotonicNanos() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private void closeListeners() {
    for (ServerSocketChannel listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        context.log().log(LogEvent.LISTENER_FAILED, String.valueOf(e.getMessage()));
      }
    }
    Path file = context.options().socketFile();
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        context.log().log(LogEvent.LISTENER_FAILED, String.valueOf(e.getMessage()));
      }
    }
  }

  /** For tests and tools: what the server counts. */
  public @Nullable String counter(String name) {
    String[] found = new String[1];
    context.counters().status((n, v) -> found[0] = n.equals(name) ? v : found[0]);
    return found[0];
  }
}
