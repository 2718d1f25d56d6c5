package io.vaquita.server.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that talk to a server: where it is and who asks. Used once. */
public final class ServerAddress {
  /** As picocli fills it. */
  public ServerAddress() {}

  @Option(
      names = {"-H", "--host"},
      paramLabel = "HOST",
      description = "Server (127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = {"-P", "--port"},
      paramLabel = "PORT",
      description = "Port (3306).")
  private int port = 3306;

  @Option(
      names = {"-S", "--socket"},
      paramLabel = "FILE",
      description = "Unix socket instead of TCP.")
  private @Nullable Path socket;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Account (root).")
  private String user = "root";

  @Option(
      names = {"-p", "--password"},
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description = "Password; asked for when left out. VAQUITA_PASSWORD otherwise.")
  private @Nullable String password;

  public WireClient connect(@Nullable String schema) throws IOException {
    SocketAddress address =
        socket == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(socket);
    String secret = password != null ? password : System.getenv("VAQUITA_PASSWORD");
    return WireClient.connect(address, user, secret == null ? "" : secret, schema);
  }

  @Override
  public String toString() {
    return socket == null ? host + ":" + port : socket.toString();
  }
}
