package io.vaquita.server.inprocess;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** For MariaDB Connector/J: {@code jdbc:mariadb://127.0.0.1:NUMBER/?socketFactory=io.vaquita.server.inprocess.MariaDbSockets}. Thread-safe. */
public final class MariaDbSockets extends SocketFactory {
  /** For the driver. */
  public MariaDbSockets() {}

  @Override
  public Socket createSocket() {
    return new PipeSocket();
  }

  @Override
  public Socket createSocket(@Nullable String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(
      @Nullable String host, int port, @Nullable InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(@Nullable InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(
      @Nullable InetAddress host, int port, @Nullable InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
