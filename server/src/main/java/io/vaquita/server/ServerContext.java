package io.vaquita.server;

import io.vaquita.Database;

/** What all connections of a server share. Immutable; its parts are thread-safe. */
record ServerContext(
    Database database,
    ServerOptions options,
    ServerKeys keys,
    Authenticator authenticator,
    ServerCounters counters,
    ErrorLog log,
    CoarseClock clock,
    Connections connections,
    ConnectionThreads threads,
    ClosedConnections closedConnections,
    HostCache hosts,
    PreparedStatementCount statementCount) {

  /** A global variable that is a number; {@code otherwise} when the engine has none of that name. */
  long globalNumber(String name, long otherwise) {
    String text = database.globalVariable(name);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
