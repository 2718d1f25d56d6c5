package io.vaquita;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running database, in memory or on a directory: what sessions are opened on. Thread-safe.
 *
 * <p>Any number of them may be open in one process, each on a directory of its own. Errors of users and of the environment are
 * {@link io.vaquita.error.DatabaseException}s with MySQL's number and text.
 *
 * <pre>{@code
 * try (Database database = Database.inMemory(); Session session = database.connect()) {
 *   session.execute("CREATE DATABASE test").close();
 *   session.execute("CREATE TABLE test.t (id INT PRIMARY KEY)").close();
 * }
 * }</pre>
 */
public interface Database extends AutoCloseable {
  /** A new, empty database that lives as long as this object. */
  static Database inMemory() {
    return open(DatabaseOptions.inMemory());
  }

  /**
   * Opens the database in a directory, which is made when it is missing.
   *
   * @throws io.vaquita.error.DatabaseException when another process has it open, or when its files are damaged or of a newer version
   */
  static Database open(Path directory) {
    return open(DatabaseOptions.at(directory));
  }

  /** How a database shall be, by typed values: {@code Database.builder().directory(path).timeZone(ZoneOffset.UTC).open()}. */
  static DatabaseBuilder builder() {
    return new DatabaseBuilder();
  }

  /**
   * Opens a database; see {@link #open(Path)}.
   *
   * @throws io.vaquita.error.DatabaseException besides, 1193 for an unknown variable among the options, 1231 and its like for values
   *     that are not allowed
   */
  static Database open(DatabaseOptions options) {
    return ServiceLoader.load(DatabaseProvider.class, Database.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the engine is not on the class path"))
        .open(options);
  }

  /** Opens a session of the administrator inside the process, without a schema. Close it. */
  default Session connect() {
    return connect(ConnectOptions.local());
  }

  /**
   * As {@link #connect()}, in a schema.
   *
   * @throws io.vaquita.error.DatabaseException 1049 when there is none of that name
   */
  default Session connect(String schema) {
    return connect(ConnectOptions.local().withSchema(schema));
  }

  /**
   * Opens a session for whoever {@code options} say. Nothing limits how many there are: max_connections is for those that come through a
   * driver or a port.
   *
   * @throws io.vaquita.error.DatabaseException 1053 when the database is closed, 1049 for an unknown schema
   */
  Session connect(ConnectOptions options);

  /** The number of the next connection: increasing, never 0, 32 bits. */
  long nextConnectionId();

  /** A global variable as text, for the protocol layer: connect_timeout, max_allowed_packet, …; empty when there is none. */
  String globalVariable(String name);

  /** Adds what the layer above counts (Threads_connected, Bytes_sent, …) to SHOW GLOBAL STATUS. */
  void addStatusSource(StatusSource source);

  /** Names and values of status variables, taken when they are asked for. Thread-safe. */
  interface StatusSource {
    /** Calls {@code out} with each name and its present value. */
    void status(BiConsumer<String, String> out);

    /** FLUSH STATUS: counts that MySQL begins anew then are zero, highest values are the present ones. */
    default void flush() {}
  }

  /**
   * Parks the calling thread until a statement of the connection, which another thread runs, is blocked by a lock and no deadlock ended
   * its wait at once. So a test of concurrent sessions knows the moment without sleeping.
   *
   * @param otherwise ends the parking as well: usually that the statement has ended
   * @return what it waits for; null when the connection is unknown, {@code otherwise} came true, the time is over or the thread was
   *     interrupted (it stays marked)
   */
  @Nullable LockWait awaitBlocked(long connectionId, BooleanSupplier otherwise, Duration atMost);

  /** Makes readable by SQL what the server before this database knows; one server at a time, null for none. */
  void attach(@Nullable Frontend frontend);

  /**
   * A JDBC URL by which Connector/J, in this JVM, reaches this database without a port: {@code jdbc:mysql://127.0.0.1:NUMBER/?…}; put a
   * schema's name before the question mark. Needs the server on the class path. It is good until {@link #close}.
   */
  default String connectUrl() {
    return connectUrl(JdbcDriver.CONNECTOR_J);
  }

  /**
   * As {@link #connectUrl()}, for the driver of one's choice.
   *
   * @throws IllegalStateException when the server is not on the class path
   * @throws io.vaquita.error.DatabaseException 1053 when the database is closed
   */
  String connectUrl(JdbcDriver driver);

  /**
   * Opens a TCP port on the loopback address to this database, besides all other ways in; 0 takes any free one.
   *
   * @throws IOException when the port cannot be had
   */
  Access.Listener listen(int port) throws IOException;

  /**
   * An independent copy of all committed data, in memory, in a moment whatever its size: both share what neither changes. Sessions,
   * locks and open transactions are not copied; global variables are. The copy is closed on its own, before or after this one; but that
   * of a database on files reads there what it has not changed, and only as long as that is open.
   *
   * <pre>{@code
   * try (Database copy = prepared.fork(); Session session = copy.connect("shop")) {
   *   session.execute("DELETE FROM stock").close(); // the prepared one keeps its rows
   * }
   * }</pre>
   *
   * @throws io.vaquita.error.DatabaseException 1053 when the database is closed
   */
  Database fork();

  /** Ends all sessions, makes everything durable, closes the files. */
  @Override
  void close();
}
