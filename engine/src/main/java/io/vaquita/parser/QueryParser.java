package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.CommonTable;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.Locking;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.SetOperation;
import io.vaquita.parser.syntax.QuerySyntax.SetOperator;
import io.vaquita.parser.syntax.QuerySyntax.Table;
import io.vaquita.parser.syntax.QuerySyntax.Values;
import io.vaquita.parser.syntax.QuerySyntax.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query expressions: WITH, set operations, parentheses, and the tail of ORDER BY, LIMIT, locking and INTO. Confined to one thread. */
final class QueryParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  QueryParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Whether a query begins here (not counting parentheses). */
  boolean atQuery() {
    return isQueryAt(0);
  }

  private boolean isQueryAt(int ahead) {
    Keyword keyword = tokens.keyword(ahead);
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case SELECT, WITH, TABLE -> true;
      case VALUES -> tokens.keyword(ahead + 1) == Keyword.ROW;
      default -> false;
    };
  }

  /** At a parenthesis: whether a query stands in it, also in further parentheses. */
  boolean atParenthesisedQuery() {
    int open = 0;
    while (tokens.kind(open) == TokenKind.LEFT_PAREN) {
      open++;
    }
    if (open == 0 || !isQueryAt(open)) {
      return false;
    }
    int depth = open;
    // Going outwards: what begins with a query in parentheses is a query itself when a set
    // operation or its tail follows.
    for (int i = open; depth > 1; i++) {
      switch (tokens.kind(i)) {
        case LEFT_PAREN -> depth++;
        case RIGHT_PAREN -> {
          depth--;
          if (depth < open) {
            open = depth;
            if (!continuesQuery(tokens.kind(i + 1), tokens.keyword(i + 1))) {
              return false;
            }
          }
        }
        case END, SEMICOLON, BAD -> {
          return true;
        }
        default -> {}
      }
    }
    return true;
  }

  private static boolean continuesQuery(TokenKind kind, @Nullable Keyword keyword) {
    return kind == TokenKind.RIGHT_PAREN
        || keyword == Keyword.UNION
        || keyword == Keyword.EXCEPT
        || keyword == Keyword.INTERSECT
        || keyword == Keyword.ORDER
        || keyword == Keyword.LIMIT;
  }

  /** {@code (query)}, also with more parentheses: a subquery. */
  QuerySyntax parenthesised() {
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    QuerySyntax result = query();
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.leave();
    return result;
  }

  /** A whole query expression. */
  QuerySyntax query() {
    With with = with();
    if (with.tables().isEmpty()) {
      return tail(setOperations(operand()));
    }
    return QueryChanges.with(tail(setOperations(operand())), with);
  }

  /** A query whose first operand was read already, in parentheses. */
  QuerySyntax continued(QuerySyntax first) {
    return tail(setOperations(first));
  }

  With with() {
    if (!tokens.accept(Keyword.WITH)) {
      return With.NONE;
    }
    boolean recursive = tokens.accept(Keyword.RECURSIVE);
    List<CommonTable> tables = new ArrayList<>();
    do {
      String name = tokens.identifier();
      List<String> columns =
          tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
      tokens.expect(Keyword.AS);
      tables.add(new CommonTable(name, columns, parenthesised()));
    } while (tokens.accept(TokenKind.COMMA));
    return new With(recursive, tables);
  }

  // ---- set operations

  /** UNION and EXCEPT, from the left; INTERSECT first. */
  private QuerySyntax setOperations(QuerySyntax first) {
    QuerySyntax left = intersections(first);
    int count = 0;
    while (tokens.atAny(Keyword.UNION, Keyword.EXCEPT)) {
      if (++count > 1000) {
        throw TokenStream.tooDeep();
      }
      SetOperator operator = tokens.at(Keyword.UNION) ? SetOperator.UNION : SetOperator.EXCEPT;
      tokens.next();
      boolean all = allOrDistinct();
      QuerySyntax right = intersections(operand());
      left = new SetOperation(With.NONE, operator, all, left, right, List.of(), null);
    }
    return left;
  }

  private QuerySyntax intersections(QuerySyntax first) {
    QuerySyntax left = first;
    while (tokens.accept(Keyword.INTERSECT)) {
      boolean all = allOrDistinct();
      left =
          new SetOperation(With.NONE, SetOperator.INTERSECT, all, left, operand(), List.of(), null);
    }
    return left;
  }

  private boolean allOrDistinct() {
    if (tokens.accept(Keyword.ALL)) {
      return true;
    }
    tokens.acceptAny(Keyword.DISTINCT, Keyword.DISTINCTROW);
    return false;
  }

  private QuerySyntax operand() {
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return parenthesised();
    }
    if (tokens.at(Keyword.SELECT)) {
      return grammar.selects.select();
    }
    if (tokens.accept(Keyword.TABLE)) {
      return new Table(With.NONE, grammar.names.table(), List.of(), null);
    }
    if (tokens.at(Keyword.VALUES)) {
      return values();
    }
    throw tokens.error();
  }

  private QuerySyntax values() {
    tokens.next();
    List<List<ExpressionSyntax>> rows = new ArrayList<>();
    do {
      tokens.expect(Keyword.ROW);
      rows.add(row());
    } while (tokens.accept(TokenKind.COMMA));
    return new Values(With.NONE, rows, List.of(), null);
  }

  /** {@code (value, …)} with DEFAULT among the values. */
  List<ExpressionSyntax> row() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ExpressionSyntax> row = new ArrayList<>();
    if (!tokens.at(TokenKind.RIGHT_PAREN)) {
      do {
        row.add(valueOrDefault());
      } while (tokens.accept(TokenKind.COMMA));
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return row;
  }

  ExpressionSyntax valueOrDefault() {
    if (tokens.at(Keyword.DEFAULT) && tokens.kind(1) != TokenKind.LEFT_PAREN) {
      tokens.next();
      return new ExpressionSyntax.Default(null);
    }
    return grammar.expressions.expression();
  }

  // ---- the tail

  private QuerySyntax tail(QuerySyntax body) {
    List<OrderItem> orderBy = orderBy();
    Limit limit = limit();
    QuerySyntax result =
        orderBy.isEmpty() && limit == null ? body : QueryChanges.withTail(body, orderBy, limit);
    // INTO may stand before the locking clauses, too.
    Into into = grammar.selects.intoIfAny();
    List<Locking> locking = locking();
    if (into == null) {
      into = grammar.selects.intoIfAny();
    }
    if (!locking.isEmpty() || into != null) {
      result = QueryChanges.withLocking(result, locking, into);
    }
    return result;
  }

  /** Empty when there is no ORDER BY. */
  List<OrderItem> orderBy() {
    if (!tokens.accept(Keyword.ORDER)) {
      return List.of();
    }
    tokens.expect(Keyword.BY);
    List<OrderItem> items = new ArrayList<>();
    do {
      ExpressionSyntax expression = grammar.expressions.expression();
      boolean descending = tokens.accept(Keyword.DESC);
      if (!descending) {
        tokens.accept(Keyword.ASC);
      }
      items.add(new OrderItem(expression, descending));
    } while (tokens.accept(TokenKind.COMMA));
    return items;
  }

  @Nullable Limit limit() {
    if (!tokens.accept(Keyword.LIMIT)) {
      return null;
    }
    ExpressionSyntax first = limitNumber();
    if (tokens.accept(TokenKind.COMMA)) {
      return new Limit(limitNumber(), first);
    }
    if (tokens.accept(Keyword.OFFSET)) {
      return new Limit(first, limitNumber());
    }
    return new Limit(first, null);
  }

  private ExpressionSyntax limitNumber() {
    if (tokens.at(TokenKind.INTEGER) || tokens.at(TokenKind.PARAMETER)) {
      return grammar.literals.literal();
    }
    if (tokens.atIdentifier()) {
      grammar.defer(MySqlError.ER_SP_UNDECLARED_VAR.exception(tokens.identifier()));
      return new ExpressionSyntax.NullLiteral();
    }
    throw tokens.error();
  }

  private List<Locking> locking() {
    List<Locking> all = new ArrayList<>();
    while (true) {
      if (tokens.accept(Keyword.LOCK)) {
        tokens.expect(Keyword.IN);
        tokens.expect(Keyword.SHARE);
        tokens.expect(Keyword.MODE);
        all.add(new Locking(false, List.of(), false, false));
      } else if (tokens.accept(Keyword.FOR)) {
        boolean exclusive = tokens.accept(Keyword.UPDATE);
        if (!exclusive) {
          tokens.expect(Keyword.SHARE);
        }
        var of =
            tokens.accept(Keyword.OF)
                ? grammar.names.tables()
                : List.<io.vaquita.parser.syntax.TableName>of();
        boolean noWait = tokens.accept(Keyword.NOWAIT);
        boolean skip = !noWait && tokens.accept(Keyword.SKIP);
        if (skip) {
          tokens.expect(Keyword.LOCKED);
        }
        all.add(new Locking(exclusive, of, noWait, skip));
      } else {
        return all;
      }
    }
  }
}
