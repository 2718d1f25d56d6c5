package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.TableElement.KeyPart;
import io.vaquita.parser.syntax.TableOption;
import java.util.ArrayList;
import java.util.List;

/** Parts and options of indexes. Confined to one thread. */
final class IndexParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  IndexParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code (a, b(10) DESC, (expr))}. */
  List<KeyPart> parts() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<KeyPart> parts = new ArrayList<>();
    do {
      parts.add(part());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.RIGHT_PAREN);
    return parts;
  }

  private KeyPart part() {
    String column = null;
    ExpressionSyntax expression = null;
    int length = 0;
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      expression = grammar.expressions.expression();
      tokens.expect(TokenKind.RIGHT_PAREN);
    } else {
      column = tokens.identifier();
      if (tokens.accept(TokenKind.LEFT_PAREN)) {
        length = (int) Math.min(tokens.integer(), Integer.MAX_VALUE);
        tokens.expect(TokenKind.RIGHT_PAREN);
      }
    }
    boolean descending = tokens.accept(Keyword.DESC);
    if (!descending) {
      tokens.accept(Keyword.ASC);
    }
    return new KeyPart(column, expression, length, descending);
  }

  /** USING BTREE before the parts. */
  List<TableOption> typeIfAny() {
    List<TableOption> options = new ArrayList<>();
    if (tokens.acceptAny(Keyword.USING, Keyword.TYPE)) {
      options.add(new TableOption("USING", tokens.word()));
    }
    return options;
  }

  List<TableOption> options() {
    List<TableOption> options = new ArrayList<>();
    while (true) {
      if (tokens.atAny(Keyword.USING, Keyword.TYPE)) {
        options.addAll(typeIfAny());
      } else if (tokens.accept(Keyword.KEY_BLOCK_SIZE)) {
        tokens.accept(TokenKind.EQUAL);
        options.add(new TableOption("KEY_BLOCK_SIZE", Long.toString(tokens.integer())));
      } else if (tokens.accept(Keyword.COMMENT)) {
        options.add(new TableOption("COMMENT", tokens.string()));
      } else if (tokens.accept(Keyword.VISIBLE)) {
        options.add(new TableOption("VISIBLE", "YES"));
      } else if (tokens.accept(Keyword.INVISIBLE)) {
        options.add(new TableOption("VISIBLE", "NO"));
      } else if (tokens.at(Keyword.WITH, Keyword.PARSER)) {
        tokens.next();
        tokens.next();
        options.add(new TableOption("WITH PARSER", tokens.identifier()));
      } else if (tokens.atAny(Keyword.ENGINE_ATTRIBUTE, Keyword.SECONDARY_ENGINE_ATTRIBUTE)) {
        String name = tokens.word();
        tokens.accept(TokenKind.EQUAL);
        options.add(new TableOption(name, tokens.string()));
      } else {
        return options;
      }
    }
  }
}
