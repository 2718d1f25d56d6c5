package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Aggregate;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.Interval;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.WindowSyntax;
import io.vaquita.parser.syntax.WindowSyntax.Bound;
import io.vaquita.parser.syntax.WindowSyntax.BoundKind;
import io.vaquita.parser.syntax.WindowSyntax.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates, window functions, OVER and windows. Confined to one thread. */
final class AggregateParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  AggregateParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** At a keyword with a parenthesis behind it. */
  @Nullable ExpressionSyntax callIfAny(Keyword keyword) {
    return switch (keyword) {
      case COUNT -> count();
      case SUM, AVG, MIN, MAX -> aggregate(keyword, true, 1);
      case STD,
          STDDEV,
          STDDEV_POP,
          STDDEV_SAMP,
          VARIANCE,
          VAR_POP,
          VAR_SAMP,
          BIT_AND,
          BIT_OR,
          BIT_XOR,
          JSON_ARRAYAGG ->
          aggregate(keyword, false, 1);
      case ST_COLLECT -> aggregate(keyword, true, 1);
      case JSON_OBJECTAGG -> aggregate(keyword, false, 2);
      case GROUP_CONCAT -> groupConcat();
      case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK -> windowFunction(keyword, 0, 0);
      case NTILE, FIRST_VALUE, LAST_VALUE -> windowFunction(keyword, 1, 1);
      case LEAD, LAG -> windowFunction(keyword, 1, 3);
      case NTH_VALUE -> windowFunction(keyword, 2, 2);
      case GROUPING -> {
        tokens.next();
        tokens.expect(TokenKind.LEFT_PAREN);
        List<ExpressionSyntax> arguments = grammar.expressions.list();
        tokens.expect(TokenKind.RIGHT_PAREN);
        yield new FunctionCall(null, "GROUPING", arguments);
      }
      default -> null;
    };
  }

  private ExpressionSyntax count() {
    tokens.next();
    tokens.next();
    boolean distinct = false;
    List<ExpressionSyntax> arguments = new ArrayList<>();
    if (tokens.at(TokenKind.STAR)) {
      tokens.next();
    } else if (tokens.accept(Keyword.ALL) && tokens.accept(TokenKind.STAR)) {
      arguments.clear();
    } else {
      distinct = tokens.acceptAny(Keyword.DISTINCT, Keyword.DISTINCTROW);
      arguments.add(grammar.expressions.expression());
      while (distinct && tokens.accept(TokenKind.COMMA)) {
        arguments.add(grammar.expressions.expression());
      }
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new Aggregate("COUNT", distinct, arguments, List.of(), null, false, overIfAny());
  }

  private ExpressionSyntax aggregate(Keyword keyword, boolean distinctAllowed, int count) {
    tokens.next();
    tokens.next();
    boolean distinct = distinctAllowed && tokens.acceptAny(Keyword.DISTINCT, Keyword.DISTINCTROW);
    tokens.accept(Keyword.ALL);
    List<ExpressionSyntax> arguments = new ArrayList<>();
    arguments.add(grammar.expressions.expression());
    while (arguments.size() < count) {
      tokens.expect(TokenKind.COMMA);
      arguments.add(grammar.expressions.expression());
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new Aggregate(keyword.name(), distinct, arguments, List.of(), null, false, overIfAny());
  }

  private ExpressionSyntax groupConcat() {
    tokens.next();
    tokens.next();
    boolean distinct = tokens.acceptAny(Keyword.DISTINCT, Keyword.DISTINCTROW);
    List<ExpressionSyntax> arguments = grammar.expressions.list();
    List<OrderItem> orderBy = grammar.queries.orderBy();
    String separator = tokens.accept(Keyword.SEPARATOR) ? grammar.literals.adjacentStrings() : null;
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new Aggregate(
        "GROUP_CONCAT", distinct, arguments, orderBy, separator, false, overIfAny());
  }

  private ExpressionSyntax windowFunction(Keyword keyword, int min, int max) {
    tokens.next();
    tokens.next();
    List<ExpressionSyntax> arguments = new ArrayList<>();
    while (arguments.size() < max) {
      if (arguments.size() >= min && (arguments.isEmpty() || !tokens.at(TokenKind.COMMA))) {
        break;
      }
      if (!arguments.isEmpty()) {
        tokens.expect(TokenKind.COMMA);
      }
      arguments.add(grammar.expressions.expression());
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    if (keyword == Keyword.NTH_VALUE && tokens.accept(Keyword.FROM)) {
      if (tokens.accept(Keyword.LAST)) {
        throw MySqlError.ER_NOT_SUPPORTED_YET.exception("FROM LAST");
      }
      tokens.expect(Keyword.FIRST);
    }
    boolean ignoreNulls = tokens.accept(Keyword.IGNORE, Keyword.NULLS);
    if (ignoreNulls) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("IGNORE NULLS");
    }
    tokens.accept(Keyword.RESPECT, Keyword.NULLS);
    if (!tokens.at(Keyword.OVER)) {
      throw tokens.error();
    }
    return new Aggregate(keyword.name(), false, arguments, List.of(), null, false, overIfAny());
  }

  private @Nullable WindowSyntax overIfAny() {
    if (!tokens.accept(Keyword.OVER)) {
      return null;
    }
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return window();
    }
    return new WindowSyntax(tokens.identifier(), true, List.of(), List.of(), null);
  }

  /** {@code ([name] [PARTITION BY …] [ORDER BY …] [frame])}. */
  WindowSyntax window() {
    tokens.expect(TokenKind.LEFT_PAREN);
    String reference = tokens.atIdentifier() ? tokens.identifier() : null;
    List<ExpressionSyntax> partitionBy = List.of();
    if (tokens.accept(Keyword.PARTITION)) {
      tokens.expect(Keyword.BY);
      partitionBy = grammar.expressions.list();
    }
    List<OrderItem> orderBy = grammar.queries.orderBy();
    Frame frame = null;
    if (tokens.atAny(Keyword.ROWS, Keyword.RANGE, Keyword.GROUPS)) {
      frame = frame();
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new WindowSyntax(reference, false, partitionBy, orderBy, frame);
  }

  private Frame frame() {
    String unit = tokens.word();
    if (unit.equals("GROUPS")) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("GROUPS");
    }
    Bound start;
    Bound end = new Bound(BoundKind.CURRENT_ROW, null);
    if (tokens.accept(Keyword.BETWEEN)) {
      start = bound();
      tokens.expect(Keyword.AND);
      end = bound();
    } else {
      start = bound();
    }
    if (tokens.accept(Keyword.EXCLUDE)) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("EXCLUDE");
    }
    return new Frame(unit, start, end);
  }

  private Bound bound() {
    if (tokens.accept(Keyword.CURRENT)) {
      tokens.expect(Keyword.ROW);
      return new Bound(BoundKind.CURRENT_ROW, null);
    }
    ExpressionSyntax offset = null;
    if (!tokens.accept(Keyword.UNBOUNDED)) {
      offset = tokens.at(Keyword.INTERVAL) ? interval() : number();
    }
    boolean preceding = tokens.accept(Keyword.PRECEDING);
    if (!preceding) {
      tokens.expect(Keyword.FOLLOWING);
    }
    if (offset == null) {
      return new Bound(
          preceding ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING, null);
    }
    return new Bound(preceding ? BoundKind.PRECEDING : BoundKind.FOLLOWING, offset);
  }

  private ExpressionSyntax number() {
    return switch (tokens.kind()) {
      case INTEGER, DECIMAL, DOUBLE, PARAMETER -> grammar.literals.literal();
      default -> throw tokens.error();
    };
  }

  private Interval interval() {
    return grammar.functions.intervalArgument();
  }
}
