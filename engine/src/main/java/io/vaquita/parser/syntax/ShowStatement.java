package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE. Immutable. */
public sealed interface ShowStatement extends StatementSyntax {
  /** What SHOW … LIKE 'x' or WHERE expr keeps. */
  record Filter(@Nullable String like, @Nullable ExpressionSyntax where) {}

  record ShowDatabases(Filter filter) implements ShowStatement {}
}
