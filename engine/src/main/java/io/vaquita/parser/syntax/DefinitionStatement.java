package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** Statements that change definitions: schemas, tables, indexes, views, accounts, routines. Immutable. */
public sealed interface DefinitionStatement extends StatementSyntax {
  record CreateSchema(
      String name,
      boolean ifNotExists,
      @Nullable String characterSet,
      @Nullable String collation)
      implements DefinitionStatement {}
}
