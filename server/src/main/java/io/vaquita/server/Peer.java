package io.vaquita.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The other end of a connection. Immutable.
 *
 * @param host as accounts know it: {@code localhost} or an address
 * @param address as the process list shows it: {@code host:port}, or {@code localhost} for a Unix socket
 * @param localPort the client's TCP port when it is on this machine, else 0
 */
record Peer(String host, String address, boolean isUnixSocket, int localPort) {
  static Peer of(SocketChannel channel) throws IOException {
    SocketAddress remote = channel.getRemoteAddress();
    if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return new Peer("localhost", "localhost", true, 0);
    }
    InetAddress address = internet.getAddress();
    String host = address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    int port = internet.getPort();
    boolean isHere =
        address.isLoopbackAddress()
            || channel.getLocalAddress() instanceof InetSocketAddress local
                && address.equals(local.getAddress());
    return new Peer(host, host + ":" + port, false, isHere ? port : 0);
  }

  /** Clients of this machine are never blocked for what other clients of it did. */
  boolean isExempt() {
    return isUnixSocket || localPort > 0;
  }
}
