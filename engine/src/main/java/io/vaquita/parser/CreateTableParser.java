package io.vaquita.parser;

import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableOption;
import io.vaquita.parser.syntax.TableStatement.CreateTable;
import io.vaquita.parser.syntax.TableStatement.CreateTableLike;
import io.vaquita.parser.syntax.TableStatement.DuplicateHandling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE in all its forms. Confined to one thread. */
final class CreateTableParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  CreateTableParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Behind CREATE. */
  StatementSyntax statement() {
    boolean temporary = tokens.accept(Keyword.TEMPORARY);
    tokens.expect(Keyword.TABLE);
    boolean ifNotExists = grammar.names.ifNotExists();
    TableName name = grammar.names.table();
    if (tokens.accept(Keyword.LIKE)) {
      return new CreateTableLike(temporary, ifNotExists, name, grammar.names.table());
    }
    List<TableElement> elements = List.of();
    if (tokens.at(TokenKind.LEFT_PAREN) && !grammar.queries.atParenthesisedQuery()) {
      if (tokens.keyword(1) == Keyword.LIKE) {
        tokens.next();
        tokens.next();
        TableName original = grammar.names.table();
        tokens.expect(TokenKind.RIGHT_PAREN);
        return new CreateTableLike(temporary, ifNotExists, name, original);
      }
      elements = new TableElementParser(grammar).elements();
    }
    List<TableOption> options = new TableOptionParser(grammar).options();
    String partitioning = partitioningIfAny();
    DuplicateHandling duplicates = DuplicateHandling.ERROR;
    if (tokens.accept(Keyword.IGNORE)) {
      duplicates = DuplicateHandling.IGNORE;
    } else if (tokens.accept(Keyword.REPLACE)) {
      duplicates = DuplicateHandling.REPLACE;
    }
    boolean as = tokens.accept(Keyword.AS);
    QuerySyntax query = null;
    if (as
        || duplicates != DuplicateHandling.ERROR
        || grammar.queries.atQuery()
        || tokens.at(Keyword.VALUES)
        || tokens.at(TokenKind.LEFT_PAREN)) {
      query = grammar.queries.query();
    }
    return new CreateTable(
        temporary, ifNotExists, name, elements, options, partitioning, duplicates, query);
  }

  /** PARTITION BY …, as text: everything up to a query or the end. */
  private @Nullable String partitioningIfAny() {
    if (!tokens.at(Keyword.PARTITION)) {
      return null;
    }
    int start = tokens.start();
    tokens.next();
    tokens.expect(Keyword.BY);
    int depth = 0;
    while (!tokens.atEnd()) {
      if (depth == 0
          && (grammar.queries.atQuery()
              || tokens.atAny(Keyword.AS, Keyword.IGNORE, Keyword.REPLACE))) {
        break;
      }
      if (tokens.at(TokenKind.BAD)) {
        throw tokens.error();
      }
      if (tokens.at(TokenKind.LEFT_PAREN)) {
        depth++;
      } else if (tokens.at(TokenKind.RIGHT_PAREN) && --depth < 0) {
        throw tokens.error();
      }
      tokens.next();
    }
    return tokens.textBetween(start, tokens.previousEnd());
  }
}
