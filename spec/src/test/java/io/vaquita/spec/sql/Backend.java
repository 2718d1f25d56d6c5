package io.vaquita.spec.sql;

import java.util.List;

/** A way to run SQL: the library or a driver over the wire. Each connection is used by one thread at a time. */
interface Backend extends AutoCloseable {
  /** How a statement ended. */
  sealed interface Outcome {
    /** Rows as texts; NULL is null. */
    record Rows(List<List<String>> rows) implements Outcome {}

    record Count(long affected) implements Outcome {}

    record Failed(int number, String sqlState, String message) implements Outcome {}
  }

  /** Runs a statement on the connection of that name, which is opened when it is new. */
  Outcome run(String connection, String sql) throws Exception;

  /** The id of the connection, which is opened when it is new. */
  long idOf(String connection) throws Exception;

  /**
   * Waits until a connection's statement, which another thread runs, is blocked by a lock.
   *
   * @return false when it ended instead
   */
  boolean awaitBlocked(String connection, RunningStatement statement) throws Exception;

  /** COM_RESET_CONNECTION. */
  void reset(String connection) throws Exception;

  /** Ends the connection; returns when the server has cleaned up behind it. */
  void disconnect(String connection) throws Exception;

  /** Whether errors come as the server sent them; drivers change SQLSTATEs and put words around messages. */
  boolean isExact();

  @Override
  void close();
}
