package io.vaquita.server;

import io.vaquita.Access;
import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import io.vaquita.server.inprocess.ConnectorJSockets;
import io.vaquita.server.inprocess.Endpoints;
import io.vaquita.server.inprocess.MariaDbSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The ways into a database that a program holds: pipes inside the process, and ports where it asks for them. Its error log goes to {@code
 * performance_schema.error_log} only: a library does not write to its host's output. Thread-safe.
 */
public final class ServerAccess implements Access {
  private static final Duration GRACE = Duration.ofMillis(100);

  private final VaquitaServer server;
  private final int number;

  private ServerAccess(VaquitaServer server) {
    this.server = server;
    this.number = Endpoints.open(server::take);
  }

  /** For {@link java.util.ServiceLoader}. */
  public static final class Provider implements Access.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public Access open(Database database) {
      ServerOptions options = ServerOptions.builder().withoutTcp().build();
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      try {
        return new ServerAccess(VaquitaServer.start(database, options, nowhere));
      } catch (IOException e) {
        throw new UncheckedIOException("nothing is listened on yet", e);
      }
    }
  }

  @Override
  public String url(JdbcDriver driver) {
    return switch (driver) {
      case CONNECTOR_J ->
          "jdbc:mysql://127.0.0.1:"
              + number
              + "/?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true&socketFactory="
              + ConnectorJSockets.class.getName();
      case MARIADB ->
          "jdbc:mariadb://127.0.0.1:"
              + number
              + "/?user=root&socketFactory="
              + MariaDbSockets.class.getName();
    };
  }

  @Override
  public Listener listen(int port) throws IOException {
    ServerSocketChannel channel =
        server.listenAlso(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    return new TcpListener(channel, bound);
  }

  private record TcpListener(ServerSocketChannel channel, int port) implements Listener {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    Endpoints.close(number);
    server.close(GRACE);
  }
}
