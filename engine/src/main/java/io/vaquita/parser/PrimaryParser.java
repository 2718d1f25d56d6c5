package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.BinaryOperator;
import io.vaquita.parser.syntax.ExpressionSyntax.BooleanLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Case;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.ExpressionSyntax.Exists;
import io.vaquita.parser.syntax.ExpressionSyntax.NullLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.RowConstructor;
import io.vaquita.parser.syntax.ExpressionSyntax.ScalarSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.SystemVariable;
import io.vaquita.parser.syntax.ExpressionSyntax.TemporalLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariable;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariableAssignment;
import io.vaquita.parser.syntax.ExpressionSyntax.When;
import io.vaquita.parser.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Literals, columns, variables, parentheses, CASE, calls: what operators stand between. Confined to one thread. */
final class PrimaryParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  PrimaryParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  ExpressionSyntax primary() {
    return switch (tokens.kind()) {
      case INTEGER, DECIMAL, DOUBLE, STRING, NATIONAL_STRING, HEX, BITS, INTRODUCER, PARAMETER ->
          grammar.literals.literal();
      case IDENTIFIER, QUOTED_IDENTIFIER -> columnOrCall();
      case LEFT_PAREN -> parenthesised();
      case KEYWORD -> keyword();
      case USER_VARIABLE -> userVariable();
      case SYSTEM_VARIABLE -> systemVariable();
      case LEFT_BRACE -> odbc();
      default -> throw tokens.error();
    };
  }

  private ExpressionSyntax keyword() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    switch (keyword) {
      case NULL -> {
        tokens.next();
        return new NullLiteral();
      }
      case TRUE, FALSE -> {
        tokens.next();
        return new BooleanLiteral(keyword == Keyword.TRUE);
      }
      case CASE -> {
        return caseExpression();
      }
      case EXISTS -> {
        tokens.next();
        return new Exists(grammar.queries.parenthesised());
      }
      case ROW -> {
        return row();
      }
      case DATE, TIME, TIMESTAMP -> {
        if (tokens.kind(1) == TokenKind.STRING) {
          tokens.next();
          return new TemporalLiteral(keyword.name(), tokens.string());
        }
      }
      default -> {}
    }
    ExpressionSyntax call = grammar.functions.callIfAny(keyword);
    if (call != null) {
      return call;
    }
    if (!tokens.atIdentifier()) {
      if (isFunction(keyword)) {
        tokens.next();
      }
      throw tokens.error();
    }
    return column();
  }

  /** Reserved words that can begin an expression when a parenthesis follows: the error is behind them then. */
  private static boolean isFunction(Keyword keyword) {
    return switch (keyword) {
      case CHAR,
          CONVERT,
          CUME_DIST,
          DATABASE,
          DEFAULT,
          DENSE_RANK,
          FIRST_VALUE,
          GROUPING,
          IF,
          INSERT,
          LAG,
          LAST_VALUE,
          LEAD,
          LEFT,
          MATCH,
          MOD,
          NTH_VALUE,
          NTILE,
          PERCENT_RANK,
          RANK,
          REPEAT,
          REPLACE,
          RIGHT,
          ROW_NUMBER,
          SCHEMA,
          VALUES ->
          true;
      default -> false;
    };
  }

  // ---- names

  private ExpressionSyntax columnOrCall() {
    if (tokens.kind(1) == TokenKind.LEFT_PAREN) {
      return grammar.functions.generic();
    }
    return column();
  }

  private ExpressionSyntax column() {
    int from = tokens.mark();
    String first = tokens.identifier();
    if (!tokens.at(TokenKind.DOT)) {
      return arrows(new ColumnReference(null, null, first));
    }
    tokens.next();
    String second = tokens.identifier();
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      tokens.reset(from);
      return grammar.functions.qualified();
    }
    if (!tokens.accept(TokenKind.DOT)) {
      return arrows(new ColumnReference(null, first, second));
    }
    return arrows(new ColumnReference(first, second, tokens.identifier()));
  }

  /** {@code [[schema.]table.]column} and nothing more. */
  ColumnReference columnName() {
    String first = tokens.identifier();
    if (!tokens.accept(TokenKind.DOT)) {
      return new ColumnReference(null, null, first);
    }
    String second = tokens.identifier();
    if (!tokens.accept(TokenKind.DOT)) {
      return new ColumnReference(null, first, second);
    }
    return new ColumnReference(first, second, tokens.identifier());
  }

  private ExpressionSyntax arrows(ColumnReference column) {
    boolean unquote = tokens.at(TokenKind.LONG_ARROW);
    if (!unquote && !tokens.at(TokenKind.ARROW)) {
      return column;
    }
    tokens.next();
    StringLiteral path = new StringLiteral(tokens.string(), null);
    return new Binary(
        unquote ? BinaryOperator.JSON_UNQUOTE_EXTRACT : BinaryOperator.JSON_EXTRACT, column, path);
  }

  // ---- variables

  private ExpressionSyntax userVariable() {
    String name = tokens.userVariable().toLowerCase(Locale.ROOT);
    if (tokens.accept(TokenKind.ASSIGN)) {
      return new UserVariableAssignment(name, grammar.expressions.expression());
    }
    return new UserVariable(name);
  }

  private ExpressionSyntax systemVariable() {
    tokens.next();
    String scope = null;
    if (tokens.kind(1) == TokenKind.DOT) {
      scope = variableScope(tokens.tokenText());
      if (scope != null) {
        tokens.next();
        tokens.next();
      }
    }
    String name = tokens.identifier();
    if (tokens.accept(TokenKind.DOT)) {
      name = name + "." + tokens.identifier();
    }
    return new SystemVariable(scope, name);
  }

  static @Nullable String variableScope(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "GLOBAL", "SESSION", "PERSIST", "PERSIST_ONLY" -> upper;
      case "LOCAL" -> "SESSION";
      default -> null;
    };
  }

  // ---- parentheses

  private ExpressionSyntax parenthesised() {
    tokens.next();
    tokens.enter();
    ExpressionSyntax result;
    if (grammar.queries.atQuery()) {
      result = new ScalarSubquery(grammar.queries.query());
    } else {
      result = expressionOrQuery();
      if (tokens.at(TokenKind.COMMA)) {
        List<ExpressionSyntax> elements = new ArrayList<>();
        elements.add(result);
        while (tokens.accept(TokenKind.COMMA)) {
          elements.add(grammar.expressions.expression());
        }
        result = new RowConstructor(elements);
      }
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.leave();
    return result;
  }

  /** Behind a parenthesis: {@code (select 1) + 1} is an expression, {@code (select 1) union select 2} a query. */
  ExpressionSyntax expressionOrQuery() {
    ExpressionSyntax result = grammar.expressions.expression();
    if (result instanceof ScalarSubquery(QuerySyntax query)
        && tokens.atAny(
            Keyword.UNION, Keyword.EXCEPT, Keyword.INTERSECT, Keyword.ORDER, Keyword.LIMIT)) {
      return new ScalarSubquery(grammar.queries.continued(query));
    }
    return result;
  }

  private ExpressionSyntax row() {
    if (tokens.kind(1) != TokenKind.LEFT_PAREN) {
      throw tokens.error();
    }
    tokens.next();
    tokens.next();
    List<ExpressionSyntax> elements = new ArrayList<>();
    elements.add(grammar.expressions.expression());
    tokens.expect(TokenKind.COMMA);
    elements.addAll(grammar.expressions.list());
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new RowConstructor(elements);
  }

  /** ODBC's {@code {d '2020-01-01'}}; other names mean nothing. */
  private ExpressionSyntax odbc() {
    tokens.next();
    String kind = tokens.identifier().toUpperCase(Locale.ROOT);
    String temporal =
        switch (kind) {
          case "D" -> "DATE";
          case "T" -> "TIME";
          case "TS" -> "TIMESTAMP";
          default -> null;
        };
    ExpressionSyntax result = grammar.expressions.expression();
    tokens.expect(TokenKind.RIGHT_BRACE);
    if (temporal != null && result instanceof StringLiteral(String text, var characterSet)) {
      return characterSet == null ? new TemporalLiteral(temporal, text) : result;
    }
    return result;
  }

  // ---- CASE

  private ExpressionSyntax caseExpression() {
    tokens.next();
    ExpressionSyntax operand = tokens.at(Keyword.WHEN) ? null : grammar.expressions.expression();
    List<When> whens = new ArrayList<>();
    do {
      tokens.expect(Keyword.WHEN);
      ExpressionSyntax condition = grammar.expressions.expression();
      tokens.expect(Keyword.THEN);
      whens.add(new When(condition, grammar.expressions.expression()));
    } while (tokens.at(Keyword.WHEN));
    ExpressionSyntax otherwise =
        tokens.accept(Keyword.ELSE) ? grammar.expressions.expression() : null;
    tokens.expect(Keyword.END);
    return new Case(operand, whens, otherwise);
  }
}
