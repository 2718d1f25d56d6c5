package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** Statements that change definitions: schemas, tables, indexes, views, accounts, routines. Immutable. */
public sealed interface DefinitionStatement extends StatementSyntax
    permits DefinitionStatement.CreateSchema,
        DefinitionStatement.AlterSchema,
        DefinitionStatement.DropSchema,
        TableStatement,
        ViewStatement,
        AccountStatement,
        ProgramStatement {

  record CreateSchema(
      String name,
      boolean ifNotExists,
      @Nullable String characterSet,
      @Nullable String collation,
      @Nullable String encryption)
      implements DefinitionStatement {}

  /**
   * @param name null: the current schema
   * @param readOnly READ ONLY = 0, 1, or null for DEFAULT or not given
   */
  record AlterSchema(
      @Nullable String name,
      @Nullable String characterSet,
      @Nullable String collation,
      @Nullable String encryption,
      @Nullable Boolean readOnly)
      implements DefinitionStatement {}

  record DropSchema(String name, boolean ifExists) implements DefinitionStatement {}
}
