package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement.ExplainConnection;
import io.vaquita.parser.syntax.DataStatement.ExplainStatement;
import io.vaquita.parser.syntax.ShowStatement.Filter;
import io.vaquita.parser.syntax.ShowStatement.ShowColumns;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXPLAIN, DESCRIBE and DESC, which are one word: of a statement or of a table. Confined to one thread. */
final class ExplainParser {
  private final Grammar grammar;
  private final StatementParser statements;
  private final TokenStream tokens;

  ExplainParser(Grammar grammar, StatementParser statements) {
    this.grammar = grammar;
    this.statements = statements;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    tokens.next();
    boolean analyze = tokens.accept(Keyword.ANALYZE);
    String format = null;
    if (tokens.at(Keyword.FORMAT) && tokens.kind(1) == TokenKind.EQUAL) {
      tokens.next();
      tokens.next();
      format = format();
    }
    String variable = null;
    if (tokens.accept(Keyword.INTO)) {
      variable = tokens.userVariable().toLowerCase(Locale.ROOT);
    }
    String schema = null;
    if (tokens.at(Keyword.FOR) && isSchema(tokens.keyword(1))) {
      tokens.next();
      tokens.next();
      schema = tokens.identifier();
    }
    if (schema == null && tokens.accept(Keyword.FOR)) {
      return connection(format, analyze, variable);
    }
    if (tokens.at(TokenKind.LEFT_PAREN)
        || tokens.atAny(
            Keyword.SELECT,
            Keyword.WITH,
            Keyword.TABLE,
            Keyword.VALUES,
            Keyword.INSERT,
            Keyword.REPLACE,
            Keyword.UPDATE,
            Keyword.DELETE)) {
      refuseInto(variable, format);
      return new ExplainStatement(statements.statement(), format, analyze, variable, schema);
    }
    if (analyze || format != null || variable != null || schema != null) {
      throw tokens.error();
    }
    return table();
  }

  private StatementSyntax connection(
      @Nullable String format, boolean analyze, @Nullable String variable) {
    tokens.expect(Keyword.CONNECTION);
    long id = tokens.integer();
    if (variable != null) {
      throw MySqlError.ER_EXPLAIN_INTO_FOR_CONNECTION_NOT_SUPPORTED.exception();
    }
    if (analyze) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN ANALYZE FOR CONNECTION");
    }
    return new ExplainConnection(id, format);
  }

  private static void refuseInto(@Nullable String variable, @Nullable String format) {
    if (variable == null) {
      return;
    }
    if (format == null) {
      throw MySqlError.ER_EXPLAIN_INTO_IMPLICIT_FORMAT_NOT_SUPPORTED.exception();
    }
    if (!format.equals("JSON")) {
      throw MySqlError.ER_EXPLAIN_INTO_FORMAT_NOT_SUPPORTED.exception(format);
    }
  }

  private static boolean isSchema(@Nullable Keyword keyword) {
    return keyword == Keyword.SCHEMA || keyword == Keyword.DATABASE;
  }

  private String format() {
    String name = tokens.identifierOrString();
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "TRADITIONAL", "TREE", "JSON" -> upper;
      default -> throw MySqlError.ER_UNKNOWN_EXPLAIN_FORMAT.exception(name);
    };
  }

  private StatementSyntax table() {
    TableName table = grammar.names.table();
    String wild = null;
    if (tokens.atIdentifier()) {
      wild = tokens.identifier();
    } else if (tokens.at(TokenKind.STRING)) {
      wild = tokens.string();
    }
    return new ShowColumns(false, false, table, new Filter(wild, null));
  }
}
