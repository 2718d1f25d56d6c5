package io.vaquita;

/**
 * A running database, in memory or on a directory: what sessions are opened on. Thread-safe.
 *
 * <pre>{@code
 * try (Database database = Database.inMemory(); Session session = database.connect(ConnectOptions.local())) {
 *   session.execute("CREATE TABLE test.t (id INT PRIMARY KEY)").close();
 * }
 * }</pre>
 */
public interface Database extends AutoCloseable {
  /** Opens a session. 1040 when there are too many. */
  Session connect(ConnectOptions options);

  /** Ends all sessions, makes everything durable, closes the files. */
  @Override
  void close();
}
