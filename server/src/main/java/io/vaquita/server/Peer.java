package io.vaquita.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The other end of a connection. Immutable.
 *
 * @param host as accounts know it: {@code localhost} or an address
 * @param address as the process list shows it: {@code host:port}, or {@code localhost} for a Unix socket
 */
record Peer(String host, String address, boolean isUnixSocket) {
  static Peer of(SocketChannel channel) throws IOException {
    SocketAddress remote = channel.getRemoteAddress();
    if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return new Peer("localhost", "localhost", true);
    }
    String host =
        internet.getAddress().isLoopbackAddress()
            ? "localhost"
            : internet.getAddress().getHostAddress();
    return new Peer(host, host + ":" + internet.getPort(), false);
  }
}
