package io.vaquita;

import java.io.IOException;

/**
 * How clients reach a {@link Database}: drivers of this JVM by a URL, all others by TCP. Same store, same locks, whichever way. Thread-safe.
 *
 * <p>A port that cannot be had is an {@link IOException}, a database that is closed the {@link io.vaquita.error.DatabaseException} 1053.
 *
 * <pre>{@code
 * try (Access.Listener listener = database.listen(0)) {
 *   System.out.println("jdbc:mysql://127.0.0.1:" + listener.port() + "/");
 * }
 * }</pre>
 */
public interface Access extends AutoCloseable {
  /** What {@link Database} finds through {@link java.util.ServiceLoader}: the server, which the engine does not name. */
  interface Provider {
    /** Called once a database, when it is first reached by a URL or a port. */
    Access open(Database database);
  }

  /** A TCP port that is listened on, until it or the database is closed. Thread-safe. */
  interface Listener extends AutoCloseable {
    /** Its number, also where any free one was asked for. */
    int port();

    /** Takes no further connections on this port; those that are open stay. */
    @Override
    void close();
  }

  /** A URL for a driver in this JVM; no port is opened for it. It is good until the database is closed. */
  String url(JdbcDriver driver);

  /** Listens on a port of the loopback address; 0 takes any free one. */
  Listener listen(int port) throws IOException;

  /** Ends all connections. */
  @Override
  void close();
}
