package io.vaquita.parser.syntax;

/** A statement as written. Immutable. Families are interfaces of their own, so that each has its own binder. */
public sealed interface StatementSyntax
    permits DataStatement, DefinitionStatement, SessionStatement, ShowStatement {}
