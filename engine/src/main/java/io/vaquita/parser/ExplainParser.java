package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement.ExplainConnection;
import io.vaquita.parser.syntax.DataStatement.ExplainStatement;
import io.vaquita.parser.syntax.ShowStatement.Filter;
import io.vaquita.parser.syntax.ShowStatement.ShowColumns;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.Locale;

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
    if (tokens.at(Keyword.INTO) || tokens.at(Keyword.FOR) && isSchema(tokens.keyword(1))) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXPLAIN INTO / FOR SCHEMA");
    }
    if (tokens.accept(Keyword.FOR)) {
      tokens.expect(Keyword.CONNECTION);
      return new ExplainConnection(tokens.integer(), format);
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
      return new ExplainStatement(statements.statement(), format, analyze);
    }
    if (analyze || format != null) {
      throw tokens.error();
    }
    return table();
  }

  private static boolean isSchema(@org.jspecify.annotations.Nullable Keyword keyword) {
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
