package io.vaquita.parser.syntax;

/** Statements about the session, its transaction and the server: SET, USE, BEGIN, COMMIT, KILL, PREPARE, LOCK TABLES … Immutable. */
public sealed interface SessionStatement extends StatementSyntax {
  record Use(String schema) implements SessionStatement {}
}
