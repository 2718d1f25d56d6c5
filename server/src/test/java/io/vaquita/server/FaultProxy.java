package io.vaquita.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * A network between client and server that fails as it is told: each connection through it has a {@link Fault} of its own. Thread-safe.
 * Nothing in it waits for time to pass.
 */
final class FaultProxy implements Closeable {
  enum Kind {
    /** Bytes pass as they come. */
    NONE,
    /** Bytes pass in pieces of a few, each written for itself: half headers, half packets. */
    CHOPPED,
    /** After so many bytes both ends are closed. */
    CLOSED,
    /** After so many bytes both ends are reset. */
    RESET,
    /** After so many bytes the direction is closed, the other one goes on. */
    HALF_CLOSED,
    /** After so many bytes nothing passes any more; the connection stays open until the server ends it. */
    STALLED
  }

  /**
   * What goes wrong with a connection. Immutable.
   *
   * @param toServer which direction it happens to
   * @param afterBytes how many bytes pass before; the size of the pieces of {@link Kind#CHOPPED}
   */
  record Fault(Kind kind, boolean toServer, int afterBytes) {}

  private final InetSocketAddress target;
  private final IntFunction<Fault> faults;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** @param faults the fault of the n-th connection */
  FaultProxy(InetSocketAddress target, IntFunction<Fault> faults) throws IOException {
    this.target = target;
    this.faults = faults;
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  SocketAddress address() {
    return listener.getLocalSocketAddress();
  }

  private Void accept() throws IOException {
    for (int i = 0; !listener.isClosed(); i++) {
      Socket client = listener.accept();
      Fault fault = faults.apply(i);
      Socket server = new Socket();
      server.connect(target);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Link link = new Link(client, server, fault);
      threads.submit(() -> link.pump(client, server, true));
      threads.submit(() -> link.pump(server, client, false));
    }
    return null;
  }

  /** One connection through the proxy. */
  private record Link(Socket client, Socket server, Fault fault) {
    Void pump(Socket from, Socket to, boolean toServer) throws IOException {
      boolean isFaulty = fault.kind() != Kind.NONE && fault.toServer() == toServer;
      boolean isChopped = isFaulty && fault.kind() == Kind.CHOPPED;
      byte[] bytes = new byte[8192];
      int passed = 0;
      try {
        while (true) {
          boolean isCut = isFaulty && !isChopped;
          if (isCut && passed == fault.afterBytes()) {
            fail(from, to);
            return null;
          }
          int wanted = isCut ? Math.min(bytes.length, fault.afterBytes() - passed) : bytes.length;
          int count = from.getInputStream().read(bytes, 0, wanted);
          if (count < 0) {
            break;
          }
          passed += count;
          int piece = isChopped ? Math.max(1, fault.afterBytes()) : count;
          for (int at = 0; at < count; at += piece) {
            to.getOutputStream().write(bytes, at, Math.min(piece, count - at));
          }
        }
      } catch (IOException ignored) {
        // one end has gone
      }
      close();
      return null;
    }

    private void fail(Socket from, Socket to) throws IOException {
      switch (fault.kind()) {
        case NONE, CHOPPED -> {}
        case CLOSED -> close();
        case RESET -> {
          client.setSoLinger(true, 0);
          server.setSoLinger(true, 0);
          close();
        }
        case HALF_CLOSED -> {
          to.shutdownOutput();
          from.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
        case STALLED -> {
          // what still comes is swallowed, so that the end of the connection is seen
          try {
            from.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
          } finally {
            close();
          }
        }
      }
    }

    private void close() throws IOException {
      client.close();
      server.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
