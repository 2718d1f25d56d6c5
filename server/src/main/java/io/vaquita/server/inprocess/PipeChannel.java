package io.vaquita.server.inprocess;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection inside the process: a channel over two queues that the server treats as any socket. As thread-safe as a socket's. */
public final class PipeChannel extends SocketChannel {
  private static final int PIECE = 16 * 1024;

  private final ByteQueue fromClient;
  private final ByteQueue toClient;

  PipeChannel(ByteQueue fromClient, ByteQueue toClient) {
    super(SelectorProvider.provider());
    this.fromClient = fromClient;
    this.toClient = toClient;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    ensureOpen();
    if (into.hasArray()) {
      int count = receive(into.array(), into.arrayOffset() + into.position(), into.remaining());
      if (count > 0) {
        into.position(into.position() + count);
      }
      return closedOr(count);
    }
    byte[] bytes = new byte[Math.min(into.remaining(), PIECE)];
    int count = receive(bytes, 0, bytes.length);
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return closedOr(count);
  }

  private int receive(byte[] into, int offset, int length) throws IOException {
    try {
      return fromClient.read(into, offset, length, 0);
    } catch (InterruptedException e) {
      throw closedByInterrupt();
    }
  }

  private int send(byte[] from, int offset, int length) throws IOException {
    try {
      return toClient.write(from, offset, length);
    } catch (InterruptedException e) {
      throw closedByInterrupt();
    }
  }

  /** As any channel. The thread stays marked. */
  private IOException closedByInterrupt() throws IOException {
    Thread.currentThread().interrupt();
    close();
    return new ClosedByInterruptException();
  }

  private int closedOr(int count) throws ClosedChannelException {
    if (count < 0) {
      ensureOpen();
    }
    return count;
  }

  private void ensureOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    ensureOpen();
    int written;
    if (from.hasArray()) {
      written = send(from.array(), from.arrayOffset() + from.position(), from.remaining());
      from.position(from.position() + written);
    } else {
      byte[] bytes = new byte[Math.min(from.remaining(), PIECE)];
      from.get(from.position(), bytes);
      written = send(bytes, 0, bytes.length);
      from.position(from.position() + written);
    }
    return written;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (into[i].hasRemaining()) {
        return read(into[i]);
      }
    }
    return 0;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    long total = 0;
    for (int i = offset; i < offset + length; i++) {
      while (from[i].hasRemaining()) {
        total += write(from[i]);
      }
    }
    return total;
  }

  @Override
  public SocketChannel shutdownInput() {
    fromClient.endReading();
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() {
    toClient.endWriting();
    return this;
  }

  @Override
  protected void implCloseSelectableChannel() {
    fromClient.endReading();
    toClient.endWriting();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    if (!block) {
      throw new IOException("a pipe blocks");
    }
  }

  /** Null, as for a socket without a name: the client is in this process. */
  @Override
  public @Nullable SocketAddress getRemoteAddress() {
    return null;
  }

  @Override
  public @Nullable SocketAddress getLocalAddress() {
    return null;
  }

  @Override
  public SocketChannel bind(@Nullable SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) {
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public Socket socket() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isConnected() {
    return isOpen();
  }

  @Override
  public boolean isConnectionPending() {
    return false;
  }

  @Override
  public boolean connect(SocketAddress remote) {
    return true;
  }

  @Override
  public boolean finishConnect() {
    return true;
  }
}
