package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.TableElement.Check;
import io.vaquita.parser.syntax.TableElement.Column;
import io.vaquita.parser.syntax.TableElement.Generated;
import io.vaquita.parser.syntax.TableElement.KeyKind;
import io.vaquita.parser.syntax.TableElement.ReferenceAction;
import io.vaquita.parser.syntax.TableElement.References;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableOption;
import io.vaquita.parser.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column definition: its type and what follows. One object for each definition; confined to one thread. */
final class ColumnParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  private @Nullable Boolean nullable;
  private @Nullable ExpressionSyntax defaultValue;
  private boolean defaultIsExpression;
  private @Nullable Integer onUpdateNow;
  private boolean autoIncrement;
  private @Nullable KeyKind key;
  private @Nullable String comment;
  private @Nullable Boolean visible;
  private final List<Check> checks = new ArrayList<>();
  private @Nullable References references;
  private final List<TableOption> attributes = new ArrayList<>();
  private @Nullable String collation;

  ColumnParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** The definition behind the column's name. */
  Column definition(String name) {
    TypeSyntax type = grammar.types.columnType();
    if (type.name().equals("SERIAL")) {
      type = new TypeSyntax("BIGINT", null, null, true, false, false, null, null, List.of());
      nullable = false;
      autoIncrement = true;
      key = KeyKind.UNIQUE;
    }
    Generated generated = generatedIfAny();
    while (attribute() || constraint()) {
      // one after the other, in any order
    }
    if (references == null && tokens.at(Keyword.REFERENCES)) {
      references = references();
    }
    if (collation != null) {
      type =
          new TypeSyntax(
              type.name(),
              type.length(),
              type.decimals(),
              type.unsigned(),
              type.zerofill(),
              type.binary(),
              type.characterSet(),
              collation,
              type.members());
    }
    return new Column(
        name,
        type,
        nullable,
        defaultValue,
        defaultIsExpression,
        onUpdateNow,
        autoIncrement,
        generated,
        key,
        comment,
        visible,
        checks,
        references,
        attributes);
  }

  private @Nullable Generated generatedIfAny() {
    if (tokens.accept(Keyword.COLLATE)) {
      collation = grammar.names.collation();
    }
    if (tokens.accept(Keyword.GENERATED)) {
      tokens.expect(Keyword.ALWAYS);
      tokens.expect(Keyword.AS);
    } else if (!tokens.accept(Keyword.AS)) {
      return null;
    }
    tokens.expect(TokenKind.LEFT_PAREN);
    ExpressionSyntax expression = grammar.expressions.expression();
    tokens.expect(TokenKind.RIGHT_PAREN);
    boolean stored = tokens.accept(Keyword.STORED);
    if (!stored) {
      tokens.accept(Keyword.VIRTUAL);
    }
    return new Generated(expression, stored);
  }

  private boolean attribute() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return false;
    }
    switch (keyword) {
      case NULL -> {
        tokens.next();
        nullable = true;
      }
      case NOT -> {
        if (tokens.keyword(1) != Keyword.NULL) {
          tokens.next();
          throw tokens.error();
        }
        tokens.next();
        tokens.next();
        nullable = false;
      }
      case DEFAULT -> {
        tokens.next();
        defaultValue = defaultValue();
      }
      case ON -> {
        tokens.next();
        tokens.expect(Keyword.UPDATE);
        onUpdateNow = now();
      }
      case AUTO_INCREMENT -> {
        tokens.next();
        autoIncrement = true;
      }
      case COMMENT -> {
        tokens.next();
        comment = tokens.string();
      }
      case VISIBLE, INVISIBLE -> {
        tokens.next();
        visible = keyword == Keyword.VISIBLE;
      }
      case COLLATE -> {
        tokens.next();
        collation = grammar.names.collation();
      }
      default -> {
        return key(keyword) || rareAttribute(keyword);
      }
    }
    return true;
  }

  private boolean key(Keyword keyword) {
    switch (keyword) {
      case UNIQUE -> {
        tokens.next();
        tokens.accept(Keyword.KEY);
        key = key == KeyKind.PRIMARY ? key : KeyKind.UNIQUE;
      }
      case PRIMARY -> {
        tokens.next();
        tokens.expect(Keyword.KEY);
        key = KeyKind.PRIMARY;
      }
      case KEY -> {
        tokens.next();
        key = KeyKind.PRIMARY;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean rareAttribute(Keyword keyword) {
    switch (keyword) {
      case SERIAL -> {
        tokens.next();
        tokens.expect(Keyword.DEFAULT);
        tokens.expect(Keyword.VALUE);
        nullable = false;
        autoIncrement = true;
        key = KeyKind.UNIQUE;
      }
      case COLUMN_FORMAT, STORAGE -> {
        tokens.next();
        attributes.add(new TableOption(keyword.name(), tokens.word()));
      }
      case SRID -> {
        tokens.next();
        attributes.add(new TableOption("SRID", Long.toString(tokens.integer())));
      }
      case ENGINE_ATTRIBUTE, SECONDARY_ENGINE_ATTRIBUTE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        attributes.add(new TableOption(keyword.name(), tokens.string()));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Behind DEFAULT; sets whether it is an expression in parentheses. */
  private ExpressionSyntax defaultValue() {
    defaultIsExpression = tokens.at(TokenKind.LEFT_PAREN);
    return defaultValue(grammar);
  }

  /** A literal with its sign, NOW, or an expression in parentheses. */
  static ExpressionSyntax defaultValue(Grammar grammar) {
    TokenStream tokens = grammar.tokens;
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      ExpressionSyntax expression = grammar.expressions.expression();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return expression;
    }
    switch (tokens.kind()) {
      case MINUS, PLUS -> {
        if (!isNumber(tokens.kind(1))) {
          tokens.next();
          throw tokens.error();
        }
        return grammar.expressions.simple();
      }
      case INTEGER, DECIMAL, DOUBLE, STRING, NATIONAL_STRING, HEX, BITS, INTRODUCER -> {
        return grammar.literals.literal();
      }
      default -> {}
    }
    if (tokens.atAny(
        Keyword.NULL,
        Keyword.TRUE,
        Keyword.FALSE,
        Keyword.NOW,
        Keyword.CURRENT_TIMESTAMP,
        Keyword.LOCALTIME,
        Keyword.LOCALTIMESTAMP,
        Keyword.DATE,
        Keyword.TIME,
        Keyword.TIMESTAMP)) {
      return grammar.primaries.primary();
    }
    throw tokens.error();
  }

  private static boolean isNumber(TokenKind kind) {
    return kind == TokenKind.INTEGER || kind == TokenKind.DECIMAL || kind == TokenKind.DOUBLE;
  }

  /** NOW and its synonyms: the fraction. */
  private int now() {
    tokens.expectAny(
        Keyword.NOW, Keyword.CURRENT_TIMESTAMP, Keyword.LOCALTIME, Keyword.LOCALTIMESTAMP);
    int fraction = 0;
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      if (tokens.at(TokenKind.INTEGER)) {
        fraction = (int) Math.min(tokens.integer(), 99);
      }
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return fraction;
  }

  private boolean constraint() {
    if (tokens.at(Keyword.CONSTRAINT)) {
      tokens.next();
      String name = tokens.at(Keyword.CHECK) ? null : tokens.identifier();
      if (!tokens.at(Keyword.CHECK)) {
        throw tokens.error();
      }
      checks.add(check(name));
      return true;
    }
    if (tokens.at(Keyword.CHECK)) {
      checks.add(check(null));
      return true;
    }
    if (references == null && tokens.at(Keyword.REFERENCES)) {
      references = references();
      return true;
    }
    return false;
  }

  /** At CHECK. */
  Check check(@Nullable String name) {
    tokens.expect(Keyword.CHECK);
    tokens.expect(TokenKind.LEFT_PAREN);
    ExpressionSyntax condition = grammar.expressions.expression();
    tokens.expect(TokenKind.RIGHT_PAREN);
    boolean enforced = true;
    if (tokens.at(Keyword.NOT) && tokens.keyword(1) != Keyword.NULL) {
      tokens.next();
      tokens.expect(Keyword.ENFORCED);
      enforced = false;
    } else {
      tokens.accept(Keyword.ENFORCED);
    }
    return new Check(name, condition, enforced);
  }

  /** At REFERENCES. */
  References references() {
    tokens.expect(Keyword.REFERENCES);
    TableName table = grammar.names.table();
    List<String> columns =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
    String match = null;
    if (tokens.accept(Keyword.MATCH)) {
      if (!tokens.atAny(Keyword.FULL, Keyword.PARTIAL, Keyword.SIMPLE)) {
        throw tokens.error();
      }
      match = tokens.word();
    }
    ReferenceAction onDelete = null;
    ReferenceAction onUpdate = null;
    while (tokens.accept(Keyword.ON)) {
      if (onDelete == null && tokens.accept(Keyword.DELETE)) {
        onDelete = action();
      } else if (onUpdate == null && tokens.accept(Keyword.UPDATE)) {
        onUpdate = action();
      } else {
        throw tokens.error();
      }
    }
    return new References(table, columns, match, onDelete, onUpdate);
  }

  private ReferenceAction action() {
    if (tokens.accept(Keyword.RESTRICT)) {
      return ReferenceAction.RESTRICT;
    }
    if (tokens.accept(Keyword.CASCADE)) {
      return ReferenceAction.CASCADE;
    }
    if (tokens.accept(Keyword.NO)) {
      tokens.expect(Keyword.ACTION);
      return ReferenceAction.NO_ACTION;
    }
    tokens.expect(Keyword.SET);
    if (tokens.accept(Keyword.NULL)) {
      return ReferenceAction.SET_NULL;
    }
    tokens.expect(Keyword.DEFAULT);
    return ReferenceAction.SET_DEFAULT;
  }
}
