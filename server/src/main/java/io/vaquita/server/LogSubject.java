package io.vaquita.server;

/**
 * Whom a line of the error log is about. Immutable.
 *
 * @param id the connection's, 0 for the server itself
 * @param account {@code root@localhost}, or empty
 * @param host the client as the process list shows it, or empty
 */
record LogSubject(long id, String account, String host) {
  static final LogSubject SERVER = new LogSubject(0, "", "");
}
