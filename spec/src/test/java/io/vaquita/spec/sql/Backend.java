package io.vaquita.spec.sql;

import java.util.List;

/** A way to run SQL: the library or a driver over the wire. Confined to one thread. */
interface Backend extends AutoCloseable {
  /** How a statement ended. */
  sealed interface Outcome {
    /** Rows as texts; NULL is null. */
    record Rows(List<List<String>> rows) implements Outcome {}

    record Count(long affected) implements Outcome {}

    record Failed(int number, String sqlState, String message) implements Outcome {}
  }

  Outcome run(String connection, String sql) throws Exception;

  /** Whether errors come as the server sent them; drivers change SQLSTATEs and put words around messages. */
  boolean isExact();

  @Override
  void close();
}
