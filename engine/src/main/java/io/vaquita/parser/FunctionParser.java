package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.ExpressionSyntax.Default;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.IntegerLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Interval;
import io.vaquita.parser.syntax.ExpressionSyntax.Match;
import io.vaquita.parser.syntax.ExpressionSyntax.ValuesOf;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calls: the generic form, functions whose names are keywords, and those with a grammar of their own in {@link SpecialFunctionParser}.
 * Confined to one thread.
 */
final class FunctionParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  FunctionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code name(…)} whose name is no keyword. */
  ExpressionSyntax generic() {
    boolean isQuoted = tokens.at(TokenKind.QUOTED_IDENTIFIER);
    String name = tokens.identifier();
    if (!isQuoted && isFunctionKeyword(name)) {
      // "count (*)" is no call of the built-in: blanks before the parenthesis need IGNORE_SPACE.
      grammar.defer(MySqlError.ER_FUNC_INEXISTENT_NAME_COLLISION.exception(name));
    }
    return new FunctionCall(null, name, namedArguments(name));
  }

  /** Loadable functions may name their arguments; no built-in one may. */
  private List<ExpressionSyntax> namedArguments(String name) {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ExpressionSyntax> arguments = new ArrayList<>();
    if (!tokens.at(TokenKind.RIGHT_PAREN)) {
      do {
        arguments.add(grammar.expressions.expression());
        boolean as = tokens.accept(Keyword.AS);
        if (as || tokens.atIdentifier() || tokens.at(TokenKind.STRING)) {
          tokens.identifierOrString();
          grammar.defer(MySqlError.ER_WRONG_PARAMETERS_TO_NATIVE_FCT.exception(name));
        }
      } while (tokens.accept(TokenKind.COMMA));
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  private static boolean isFunctionKeyword(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = Keyword.hashStep(hash, name.charAt(i));
    }
    Keyword found = Keyword.find(name, 0, name.length(), hash);
    return found != null && found.isFunctionName();
  }

  /** {@code schema.name(…)}. */
  ExpressionSyntax qualified() {
    String schema = tokens.identifier();
    tokens.expect(TokenKind.DOT);
    String name = tokens.identifier();
    return new FunctionCall(schema, name, arguments());
  }

  /** {@code (e, …)} or {@code ()}. */
  List<ExpressionSyntax> arguments() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ExpressionSyntax> arguments = new ArrayList<>();
    if (!tokens.at(TokenKind.RIGHT_PAREN)) {
      arguments.addAll(grammar.expressions.list());
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  /** As {@link #arguments}, when there must be from {@code min} to {@code max} of them by the grammar. */
  private FunctionCall fixed(String name, int min, int max) {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ExpressionSyntax> arguments = new ArrayList<>();
    if (min > 0 || !tokens.at(TokenKind.RIGHT_PAREN)) {
      arguments.add(grammar.expressions.expression());
      while (arguments.size() < min) {
        tokens.expect(TokenKind.COMMA);
        arguments.add(grammar.expressions.expression());
      }
      while (arguments.size() < max && tokens.accept(TokenKind.COMMA)) {
        arguments.add(grammar.expressions.expression());
      }
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new FunctionCall(null, name, arguments);
  }

  /** At a keyword: a call that begins with it, or null. */
  @Nullable ExpressionSyntax callIfAny(Keyword keyword) {
    return switch (keyword) {
      case CURRENT_USER -> {
        yield withOptionalParentheses("CURRENT_USER");
      }
      case CURRENT_DATE -> {
        yield withOptionalParentheses("CURDATE");
      }
      case UTC_DATE -> {
        yield withOptionalParentheses("UTC_DATE");
      }
      case CURRENT_TIME -> {
        yield withOptionalFraction("CURTIME");
      }
      case CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP -> {
        yield withOptionalFraction("NOW");
      }
      case UTC_TIME, UTC_TIMESTAMP -> {
        yield withOptionalFraction(keyword.name());
      }
      case INTERVAL -> {
        yield interval();
      }
      default -> {
        yield tokens.kind(1) == TokenKind.LEFT_PAREN ? call(keyword) : null;
      }
    };
  }

  private @Nullable ExpressionSyntax call(Keyword keyword) {
    ExpressionSyntax special = grammar.specialFunctions.callIfAny(keyword);
    if (special != null) {
      return special;
    }
    String name = tokens.tokenText();
    return switch (keyword) {
      case NOW, SYSDATE, CURTIME -> withOptionalFraction(name);
      case CURDATE, DATABASE, SCHEMA, ROW_COUNT -> fixed(name, 0, 0);
      case USER, SESSION_USER, SYSTEM_USER -> fixed("USER", 0, 0);
      case ASCII,
          CHARSET,
          COLLATION,
          DATE,
          DAY,
          HOUR,
          MINUTE,
          SECOND,
          MONTH,
          YEAR,
          QUARTER,
          MICROSECOND,
          REVERSE,
          TIME ->
          fixed(name, 1, 1);
      case TIMESTAMP, WEEK, LOG -> fixed(name, 1, 2);
      case LEFT, RIGHT, MOD, REPEAT, TRUNCATE, POINT -> fixed(name, 2, 2);
      case FORMAT -> fixed(name, 2, 3);
      case IF, REPLACE -> fixed(name, 3, 3);
      case INSERT -> fixed(name, 4, 4);
      case COALESCE, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING, MULTIPOLYGON ->
          fixed(name, 1, Integer.MAX_VALUE);
      case GEOMETRYCOLLECTION, GEOMCOLLECTION -> {
        tokens.next();
        yield new FunctionCall(null, name, arguments());
      }
      case DEFAULT -> defaultOf();
      case VALUES -> valuesOf();
      case MATCH -> match();
      default -> grammar.aggregates.callIfAny(keyword);
    };
  }

  private ExpressionSyntax withOptionalParentheses(String name) {
    tokens.next();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return new FunctionCall(null, name, List.of());
  }

  private ExpressionSyntax withOptionalFraction(String name) {
    tokens.next();
    List<ExpressionSyntax> arguments = List.of();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      if (tokens.at(TokenKind.INTEGER)) {
        arguments = List.of(new IntegerLiteral(BigInteger.valueOf(tokens.integer())));
      }
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return new FunctionCall(null, name, arguments);
  }

  private ExpressionSyntax defaultOf() {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
    ColumnReference column = grammar.primaries.columnName();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new Default(column);
  }

  private ExpressionSyntax valuesOf() {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
    ColumnReference column = grammar.primaries.columnName();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new ValuesOf(column);
  }

  // ---- INTERVAL

  /** At INTERVAL behind + or -: the interval, or null when it is the function INTERVAL(n, a, b). */
  @Nullable ExpressionSyntax intervalIfAny() {
    int mark = tokens.mark();
    tokens.next();
    if (isIntervalFunction()) {
      tokens.reset(mark);
      return null;
    }
    ExpressionSyntax amount = grammar.expressions.expression();
    return new Interval(amount, unit());
  }

  /** Behind INTERVAL: whether {@code (e, …} follows. Moves nothing. */
  private boolean isIntervalFunction() {
    if (!tokens.at(TokenKind.LEFT_PAREN)) {
      return false;
    }
    int mark = tokens.mark();
    tokens.next();
    boolean isSubquery = !tokens.at(TokenKind.LEFT_PAREN) && grammar.queries.atQuery();
    if (!isSubquery) {
      grammar.expressions.expression();
    }
    boolean result = !isSubquery && tokens.at(TokenKind.COMMA);
    tokens.reset(mark);
    return result;
  }

  /** INTERVAL at the beginning: the function, or {@code INTERVAL n unit + date}. */
  private ExpressionSyntax interval() {
    tokens.next();
    if (isIntervalFunction()) {
      tokens.next();
      List<ExpressionSyntax> arguments = grammar.expressions.list();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return new FunctionCall(null, "INTERVAL", arguments);
    }
    ExpressionSyntax amount = grammar.expressions.expression();
    Interval interval = new Interval(amount, unit());
    tokens.expect(TokenKind.PLUS);
    return new FunctionCall(null, "DATE_ADD", List.of(grammar.expressions.comparison(), interval));
  }

  /** {@code INTERVAL n unit} where nothing else can stand. */
  Interval intervalArgument() {
    tokens.expect(Keyword.INTERVAL);
    ExpressionSyntax amount = grammar.expressions.expression();
    return new Interval(amount, unit());
  }

  /** A unit of time, upper case. */
  String unit() {
    Keyword keyword = tokens.keyword();
    if (keyword != null) {
      switch (keyword) {
        case MICROSECOND,
            SECOND,
            MINUTE,
            HOUR,
            DAY,
            WEEK,
            MONTH,
            QUARTER,
            YEAR,
            SECOND_MICROSECOND,
            MINUTE_MICROSECOND,
            MINUTE_SECOND,
            HOUR_MICROSECOND,
            HOUR_SECOND,
            HOUR_MINUTE,
            DAY_MICROSECOND,
            DAY_SECOND,
            DAY_MINUTE,
            DAY_HOUR,
            YEAR_MONTH -> {
          tokens.next();
          return keyword.name();
        }
        case SQL_TSI_SECOND,
            SQL_TSI_MINUTE,
            SQL_TSI_HOUR,
            SQL_TSI_DAY,
            SQL_TSI_WEEK,
            SQL_TSI_MONTH,
            SQL_TSI_QUARTER,
            SQL_TSI_YEAR -> {
          tokens.next();
          return keyword.name().substring("SQL_TSI_".length());
        }
        default -> {}
      }
    }
    throw tokens.error();
  }

  ExpressionSyntax unitKeyword() {
    return new ExpressionSyntax.Keyword(unit());
  }

  // ---- MATCH

  private ExpressionSyntax match() {
    tokens.next();
    boolean parenthesised = tokens.accept(TokenKind.LEFT_PAREN);
    List<ColumnReference> columns = new ArrayList<>();
    do {
      columns.add(grammar.primaries.columnName());
    } while (tokens.accept(TokenKind.COMMA));
    if (parenthesised) {
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    tokens.expect(Keyword.AGAINST);
    tokens.expect(TokenKind.LEFT_PAREN);
    ExpressionSyntax pattern = grammar.expressions.bits();
    StringBuilder mode = new StringBuilder();
    while (tokens.at(TokenKind.KEYWORD)) {
      mode.append(mode.isEmpty() ? "" : " ").append(tokens.tokenText().toUpperCase(Locale.ROOT));
      tokens.next();
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new Match(columns, pattern, mode.toString());
  }
}
