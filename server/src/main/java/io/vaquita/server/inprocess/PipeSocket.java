package io.vaquita.server.inprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The driver's end of a connection inside the process. It connects to whichever database has the port's number in {@link Endpoints}; the
 * host is not looked at. As thread-safe as a socket.
 *
 * <p>A thread that is interrupted while it waits for the server, or comes to wait while it is marked as interrupted, closes the socket, as a
 * virtual thread does with a network's: the driver gives its connection up, and the server ends the session as it does when a client is gone.
 */
final class PipeSocket extends Socket {
  private final ByteQueue toServer = new ByteQueue();
  private final ByteQueue fromServer = new ByteQueue();
  private volatile boolean isConnected;
  private volatile boolean isClosed;
  private volatile int timeoutMillis;
  private volatile @Nullable SocketAddress remote;

  @Override
  public void connect(@Nullable SocketAddress address) throws IOException {
    connect(address, 0);
  }

  @Override
  public void connect(@Nullable SocketAddress address, int timeout) throws IOException {
    if (!(address instanceof InetSocketAddress internet)) {
      throw new SocketException("not an address of a database in this process: " + address);
    }
    Endpoints.connect(internet.getPort(), new PipeChannel(toServer, fromServer));
    remote = internet;
    isConnected = true;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = receive(into, offset, length);
        if (count < 0 && isClosed) {
          throw new SocketException("Socket closed");
        }
        return count;
      }

      @Override
      public int available() {
        return fromServer.available();
      }

      @Override
      public void close() {
        PipeSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        while (at < offset + length) {
          at += send(from, at, offset + length - at);
        }
      }

      @Override
      public void close() {
        PipeSocket.this.close();
      }
    };
  }

  private int receive(byte[] into, int offset, int length) throws IOException {
    try {
      return fromServer.read(into, offset, length, timeoutMillis);
    } catch (InterruptedException e) {
      throw closedByInterrupt(e);
    }
  }

  private int send(byte[] from, int offset, int length) throws IOException {
    try {
      return toServer.write(from, offset, length);
    } catch (InterruptedException e) {
      throw closedByInterrupt(e);
    }
  }

  /** The thread stays marked. */
  private SocketException closedByInterrupt(InterruptedException e) {
    Thread.currentThread().interrupt();
    close();
    return new SocketException("Closed by interrupt", e);
  }

  @Override
  public void close() {
    isClosed = true;
    toServer.endWriting();
    fromServer.endReading();
  }

  @Override
  public void shutdownInput() {
    fromServer.endReading();
  }

  @Override
  public void shutdownOutput() {
    toServer.endWriting();
  }

  @Override
  public boolean isConnected() {
    return isConnected;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public void setSoTimeout(int timeout) {
    timeoutMillis = timeout;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return remote;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  // what makes no difference without a network

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public void setSoLinger(boolean on, int linger) {}

  @Override
  public void setTrafficClass(int trafficClass) {}

  @Override
  public void setReuseAddress(boolean on) {}
}
