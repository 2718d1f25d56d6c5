package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** Statements about stored programs, and statements known by their words only. Immutable. */
public sealed interface ProgramStatement extends DefinitionStatement {
  /** Kinds of stored programs. */
  enum Kind {
    PROCEDURE,
    FUNCTION,
    TRIGGER,
    EVENT
  }

  /** CREATE PROCEDURE, FUNCTION, TRIGGER, EVENT; {@code source}: the statement's whole text. */
  record CreateProgram(
      Kind kind, @Nullable AccountName definer, boolean ifNotExists, TableName name, String source)
      implements ProgramStatement {}

  record AlterProgram(Kind kind, TableName name, String source) implements ProgramStatement {}

  record DropProgram(Kind kind, boolean ifExists, TableName name) implements ProgramStatement {}

  /**
   * A statement of MySQL that Vaquita does not run yet: CREATE TABLESPACE, INSTALL PLUGIN, CLONE, PURGE BINARY LOGS, CHANGE REPLICATION
   * SOURCE … The session answers 1235 with {@code name}.
   *
   * @param name the leading keywords, upper case
   */
  record Unsupported(String name, String source) implements ProgramStatement {}
}
