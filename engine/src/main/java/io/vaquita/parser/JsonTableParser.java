package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.TableReference.JsonColumn;
import io.vaquita.parser.syntax.TableReference.JsonTable;
import io.vaquita.parser.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON_TABLE(…). Confined to one thread. */
final class JsonTableParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  JsonTableParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  JsonTable table() {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
    ExpressionSyntax document = grammar.expressions.expression();
    tokens.expect(TokenKind.COMMA);
    String path = tokens.string();
    List<JsonColumn> columns = columns();
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.accept(Keyword.AS);
    return new JsonTable(document, path, columns, tokens.identifier());
  }

  private List<JsonColumn> columns() {
    tokens.expect(Keyword.COLUMNS);
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    List<JsonColumn> columns = new ArrayList<>();
    do {
      columns.add(column());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.leave();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return columns;
  }

  private JsonColumn column() {
    if (tokens.at(Keyword.NESTED)
        && (tokens.keyword(1) == Keyword.PATH || tokens.kind(1) == TokenKind.STRING)) {
      tokens.next();
      tokens.accept(Keyword.PATH);
      String path = tokens.string();
      return new JsonColumn.Nested(path, columns());
    }
    String name = tokens.identifier();
    if (tokens.accept(Keyword.FOR)) {
      tokens.expect(Keyword.ORDINALITY);
      return new JsonColumn.Ordinality(name);
    }
    TypeSyntax type = grammar.types.columnType();
    boolean exists = tokens.accept(Keyword.EXISTS);
    tokens.expect(Keyword.PATH);
    String path = tokens.string();
    String onEmpty = null;
    String onError = null;
    String behaviour = behaviourIfAny();
    while (behaviour != null) {
      tokens.expect(Keyword.ON);
      if (tokens.accept(Keyword.EMPTY)) {
        onEmpty = behaviour;
      } else {
        tokens.expect(Keyword.ERROR);
        onError = behaviour;
      }
      behaviour = behaviourIfAny();
    }
    return new JsonColumn.Path(name, type, exists, path, onEmpty, onError);
  }

  private @Nullable String behaviourIfAny() {
    if (tokens.accept(Keyword.NULL)) {
      return "NULL";
    }
    if (tokens.accept(Keyword.ERROR)) {
      return "ERROR";
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return "DEFAULT " + tokens.string();
    }
    return null;
  }
}
