package io.vaquita.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The other end of a connection. Immutable.
 *
 * @param host as accounts know it: {@code localhost} or an address
 * @param address as the process list shows it: {@code host:port}, or {@code localhost} for a Unix socket
 * @param isInProcess a pipe inside this process, which counts as a Unix socket besides
 * @param localPort the client's TCP port when it is on this machine, else 0
 * @param unixMark by which {@link UnixSocketPeers} knows the server's end of a Unix socket again, else 0
 */
record Peer(
    String host,
    String address,
    boolean isUnixSocket,
    boolean isInProcess,
    int localPort,
    int unixMark) {
  static Peer of(SocketChannel channel, long connectionId) throws IOException {
    SocketAddress remote = channel.getRemoteAddress();
    if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      boolean isSocket = channel.getLocalAddress() instanceof UnixDomainSocketAddress;
      int mark = isSocket ? UnixSocketPeers.mark(channel, connectionId) : 0;
      return new Peer("localhost", "localhost", true, !isSocket, 0, mark);
    }
    InetAddress address = internet.getAddress();
    String host = address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    int port = internet.getPort();
    boolean isHere =
        address.isLoopbackAddress()
            || channel.getLocalAddress() instanceof InetSocketAddress local
                && address.equals(local.getAddress());
    return new Peer(host, host + ":" + port, false, false, isHere ? port : 0, 0);
  }

  /** Whether another process of this machine is at the other end. */
  boolean isOtherProcessHere() {
    return localPort > 0 || unixMark > 0;
  }

  /** Clients of this machine are never blocked for what other clients of it did. */
  boolean isExempt() {
    return isUnixSocket || localPort > 0;
  }
}
