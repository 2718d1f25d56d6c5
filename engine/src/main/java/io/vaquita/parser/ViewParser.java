package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.ViewStatement.DefineView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE and ALTER VIEW, and the attributes that stored programs have in common with views. Confined to one thread. */
final class ViewParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  private String algorithm = "UNDEFINED";
  private @Nullable AccountName definer;
  private String security = "DEFINER";

  ViewParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  @Nullable AccountName definer() {
    return definer;
  }

  /** ALGORITHM, DEFINER and SQL SECURITY before VIEW, PROCEDURE and so on. */
  void readAttributes() {
    if (tokens.accept(Keyword.ALGORITHM)) {
      tokens.expect(TokenKind.EQUAL);
      if (!tokens.atAny(Keyword.UNDEFINED, Keyword.MERGE, Keyword.TEMPTABLE)) {
        throw tokens.error();
      }
      algorithm = tokens.word();
    }
    if (tokens.accept(Keyword.DEFINER)) {
      tokens.expect(TokenKind.EQUAL);
      definer = grammar.names.account();
    }
    if (tokens.accept(Keyword.SQL)) {
      tokens.expect(Keyword.SECURITY);
      if (!tokens.atAny(Keyword.DEFINER, Keyword.INVOKER)) {
        throw tokens.error();
      }
      security = tokens.word();
    }
  }

  /** At VIEW. */
  StatementSyntax definition(boolean alter, boolean orReplace) {
    tokens.expect(Keyword.VIEW);
    TableName name = grammar.names.table();
    List<String> columns =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
    tokens.expect(Keyword.AS);
    int start = tokens.start();
    QuerySyntax query = grammar.queries.query();
    String text = tokens.textBetween(start, tokens.previousEnd());
    String check = "NONE";
    if (tokens.accept(Keyword.WITH)) {
      check = "CASCADED";
      if (tokens.atAny(Keyword.CASCADED, Keyword.LOCAL)) {
        check = tokens.word();
      }
      tokens.expect(Keyword.CHECK);
      tokens.expect(Keyword.OPTION);
    }
    return new DefineView(
        alter, orReplace, algorithm, definer, security, name, columns, query, text, check);
  }
}
