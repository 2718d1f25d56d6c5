package io.vaquita.server.inprocess;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The databases of this JVM that drivers reach by a number in place of a port. A URL is text, so there must be one place where a number
 * leads to a database: this map is the only static state, and holds a database from its first URL to its close. Thread-safe.
 */
public final class Endpoints {
  /** TCP's highest port: drivers refuse higher ones. */
  private static final int LAST = 65_535;

  private static final ConcurrentMap<Integer, Endpoint> OPEN = new ConcurrentHashMap<>();

  /** Takes the server's end of a new connection. */
  @FunctionalInterface
  public interface Endpoint {
    void accept(SocketChannel channel) throws IOException;
  }

  private Endpoints() {}

  /** Gives a database the lowest free number. */
  public static int open(Endpoint endpoint) {
    for (int number = 1; number <= LAST; number++) {
      if (OPEN.putIfAbsent(number, endpoint) == null) {
        return number;
      }
    }
    throw new IllegalStateException("65535 databases are open in this JVM");
  }

  public static void close(int number) {
    OPEN.remove(number);
  }

  static void connect(int number, PipeChannel channel) throws IOException {
    Endpoint endpoint = OPEN.get(number);
    if (endpoint == null) {
      throw new ConnectException(
          "no database of this JVM has the number " + number + "; was it closed?");
    }
    endpoint.accept(channel);
  }
}
