package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Between;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.BinaryOperator;
import io.vaquita.parser.syntax.ExpressionSyntax.Cast;
import io.vaquita.parser.syntax.ExpressionSyntax.Collate;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.InList;
import io.vaquita.parser.syntax.ExpressionSyntax.InSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.Is;
import io.vaquita.parser.syntax.ExpressionSyntax.Like;
import io.vaquita.parser.syntax.ExpressionSyntax.Quantified;
import io.vaquita.parser.syntax.ExpressionSyntax.Regexp;
import io.vaquita.parser.syntax.ExpressionSyntax.ScalarSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.TruthTest;
import io.vaquita.parser.syntax.ExpressionSyntax.Unary;
import io.vaquita.parser.syntax.ExpressionSyntax.UnaryOperator;
import io.vaquita.parser.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators by precedence. Confined to one thread.
 *
 * <p>The levels are those of MySQL's grammar, lowest first: OR, XOR, AND, NOT (its operand may be any of the following), comparisons
 * and IS, predicates (IN, BETWEEN, LIKE, REGEXP), bit and arithmetic operators, and simple expressions with their prefixes. What an
 * operand may be differs from operator to operator: {@code a = NOT b} and {@code 'a' LIKE 'b' + 'c'} are syntax errors in MySQL, too.
 */
final class ExpressionParser {
  /** Longer chains of one operator become balanced trees, where that means the same. */
  private static final int CHAIN_MAX = 16;

  /** How long a chain of arithmetic operators may be: it becomes as deep a tree. */
  private static final int ARITHMETIC_CHAIN_MAX = 1000;

  private final Grammar grammar;
  private final TokenStream tokens;

  ExpressionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  ExpressionSyntax expression() {
    tokens.enter();
    ExpressionSyntax result = logical(0);
    tokens.leave();
    return result;
  }

  /** {@code e, e, …}: at least one. */
  List<ExpressionSyntax> list() {
    List<ExpressionSyntax> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (tokens.accept(TokenKind.COMMA));
    return list;
  }

  // ---- OR, XOR, AND, NOT

  private @Nullable BinaryOperator logicalOperator() {
    return switch (tokens.kind()) {
      case AND_AND -> BinaryOperator.AND;
      case OR_OR -> tokens.hasMode(ParserMode.PIPES_AS_CONCAT) ? null : BinaryOperator.OR;
      case KEYWORD -> {
        Keyword keyword = tokens.keyword();
        yield keyword == Keyword.AND
            ? BinaryOperator.AND
            : keyword == Keyword.OR
                ? BinaryOperator.OR
                : keyword == Keyword.XOR ? BinaryOperator.XOR : null;
      }
      default -> null;
    };
  }

  private static int level(BinaryOperator operator) {
    return operator == BinaryOperator.OR ? 0 : operator == BinaryOperator.XOR ? 1 : 2;
  }

  private ExpressionSyntax logical(int level) {
    ExpressionSyntax left = not();
    while (true) {
      BinaryOperator operator = logicalOperator();
      if (operator == null || level(operator) < level) {
        return left;
      }
      left = chain(operator, left);
    }
  }

  private ExpressionSyntax chain(BinaryOperator operator, ExpressionSyntax first) {
    tokens.next();
    int operandLevel = level(operator) + 1;
    ExpressionSyntax second = logical(operandLevel);
    if (logicalOperator() != operator) {
      return new Binary(operator, first, second);
    }
    List<ExpressionSyntax> parts = new ArrayList<>();
    parts.add(first);
    parts.add(second);
    while (logicalOperator() == operator) {
      tokens.next();
      parts.add(logical(operandLevel));
    }
    return join(operator, parts, 0, parts.size());
  }

  /** AND, OR and XOR are associative, also with NULLs: a chain of thousands need not be a tree that deep. */
  static ExpressionSyntax join(
      BinaryOperator operator, List<ExpressionSyntax> parts, int from, int to) {
    if (to - from <= CHAIN_MAX) {
      ExpressionSyntax left = parts.get(from);
      for (int i = from + 1; i < to; i++) {
        left = new Binary(operator, left, parts.get(i));
      }
      return left;
    }
    int middle = (from + to) >>> 1;
    return new Binary(
        operator, join(operator, parts, from, middle), join(operator, parts, middle, to));
  }

  private ExpressionSyntax not() {
    if (tokens.at(Keyword.NOT) && !tokens.hasMode(ParserMode.HIGH_NOT_PRECEDENCE)) {
      tokens.next();
      tokens.enter();
      ExpressionSyntax operand = not();
      tokens.leave();
      return new Unary(UnaryOperator.NOT, operand);
    }
    return comparison();
  }

  // ---- comparisons

  private @Nullable BinaryOperator comparisonOperator() {
    return switch (tokens.kind()) {
      case EQUAL -> BinaryOperator.EQUAL;
      case NULL_SAFE_EQUAL -> BinaryOperator.NULL_SAFE_EQUAL;
      case NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
      case LESS -> BinaryOperator.LESS;
      case LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
      case GREATER -> BinaryOperator.GREATER;
      case GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  /** What MySQL's grammar calls a boolean primary, with IS TRUE and its like at the end. */
  ExpressionSyntax comparison() {
    ExpressionSyntax left = predicate();
    for (int length = 0; ; length++) {
      checkChain(length);
      BinaryOperator operator = comparisonOperator();
      if (operator != null) {
        tokens.next();
        left = compare(left, operator);
      } else if (tokens.accept(Keyword.IS)) {
        boolean negated = tokens.accept(Keyword.NOT);
        if (tokens.accept(Keyword.NULL)) {
          left = new Is(left, TruthTest.NULL, negated);
        } else {
          return new Is(left, truthTest(), negated);
        }
      } else {
        return left;
      }
    }
  }

  private TruthTest truthTest() {
    if (tokens.accept(Keyword.TRUE)) {
      return TruthTest.TRUE;
    }
    if (tokens.accept(Keyword.FALSE)) {
      return TruthTest.FALSE;
    }
    tokens.expect(Keyword.UNKNOWN);
    return TruthTest.UNKNOWN;
  }

  private ExpressionSyntax compare(ExpressionSyntax left, BinaryOperator operator) {
    boolean all = tokens.at(Keyword.ALL);
    if (all || tokens.atAny(Keyword.ANY, Keyword.SOME) && tokens.kind(1) == TokenKind.LEFT_PAREN) {
      if (operator == BinaryOperator.NULL_SAFE_EQUAL) {
        throw tokens.error();
      }
      tokens.next();
      return new Quantified(left, operator, all, grammar.queries.parenthesised());
    }
    return new Binary(operator, left, predicate());
  }

  // ---- predicates

  ExpressionSyntax predicate() {
    ExpressionSyntax left = bits();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return left;
    }
    boolean negated = keyword == Keyword.NOT;
    Keyword word = negated ? tokens.keyword(1) : keyword;
    if (word == null) {
      return notPredicate(left);
    }
    return switch (word) {
      case IN, BETWEEN, LIKE, REGEXP, RLIKE -> {
        if (negated) {
          tokens.next();
        }
        tokens.next();
        yield negatable(left, word, negated);
      }
      default -> {
        yield negated ? notPredicate(left) : rarePredicate(left, word);
      }
    };
  }

  /** NOT behind an operand must begin a predicate; only column definitions have NOT NULL there. */
  private ExpressionSyntax notPredicate(ExpressionSyntax left) {
    if (tokens.at(Keyword.NOT) && tokens.keyword(1) != Keyword.NULL) {
      tokens.next();
      throw tokens.error();
    }
    return left;
  }

  private ExpressionSyntax negatable(ExpressionSyntax left, Keyword word, boolean negated) {
    return switch (word) {
      case IN -> in(left, negated);
      case BETWEEN -> {
        ExpressionSyntax low = bits();
        tokens.expect(Keyword.AND);
        tokens.enter();
        ExpressionSyntax high = predicate();
        tokens.leave();
        yield new Between(left, low, high, negated);
      }
      case LIKE -> {
        ExpressionSyntax pattern = simple();
        ExpressionSyntax escape = tokens.accept(Keyword.ESCAPE) ? simple() : null;
        yield new Like(left, pattern, escape, negated);
      }
      default -> new Regexp(left, bits(), negated);
    };
  }

  private ExpressionSyntax rarePredicate(ExpressionSyntax left, Keyword word) {
    if (word == Keyword.SOUNDS && tokens.keyword(1) == Keyword.LIKE) {
      tokens.next();
      tokens.next();
      return new Binary(BinaryOperator.SOUNDS_LIKE, left, bits());
    }
    if (word == Keyword.MEMBER
        && (tokens.keyword(1) == Keyword.OF || tokens.kind(1) == TokenKind.LEFT_PAREN)) {
      tokens.next();
      tokens.accept(Keyword.OF);
      tokens.expect(TokenKind.LEFT_PAREN);
      ExpressionSyntax array = simple();
      tokens.expect(TokenKind.RIGHT_PAREN);
      return new Binary(BinaryOperator.MEMBER_OF, left, array);
    }
    return left;
  }

  private ExpressionSyntax in(ExpressionSyntax left, boolean negated) {
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.enter();
    if (grammar.queries.atQuery()) {
      QuerySyntax query = grammar.queries.query();
      tokens.expect(TokenKind.RIGHT_PAREN);
      tokens.leave();
      return new InSubquery(left, query, negated);
    }
    List<ExpressionSyntax> list = new ArrayList<>();
    list.add(grammar.primaries.expressionOrQuery());
    while (tokens.accept(TokenKind.COMMA)) {
      list.add(expression());
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    tokens.leave();
    if (list.size() == 1 && list.getFirst() instanceof ScalarSubquery(QuerySyntax query)) {
      return new InSubquery(left, query, negated);
    }
    return new InList(left, list, negated);
  }

  // ---- bit and arithmetic operators

  private @Nullable BinaryOperator arithmeticOperator() {
    return switch (tokens.kind()) {
      case PIPE -> BinaryOperator.BIT_OR;
      case AMPERSAND -> BinaryOperator.BIT_AND;
      case SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
      case SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
      case PLUS -> BinaryOperator.PLUS;
      case MINUS -> BinaryOperator.MINUS;
      case STAR -> BinaryOperator.MULTIPLY;
      case SLASH -> BinaryOperator.DIVIDE;
      case PERCENT -> BinaryOperator.MODULO;
      case CARET -> BinaryOperator.BIT_XOR;
      case KEYWORD -> {
        Keyword keyword = tokens.keyword();
        yield keyword == Keyword.DIV
            ? BinaryOperator.INTEGER_DIVIDE
            : keyword == Keyword.MOD ? BinaryOperator.MODULO : null;
      }
      default -> null;
    };
  }

  private static int arithmeticLevel(BinaryOperator operator) {
    return switch (operator) {
      case BIT_OR -> 0;
      case BIT_AND -> 1;
      case SHIFT_LEFT, SHIFT_RIGHT -> 2;
      case PLUS, MINUS -> 3;
      case MULTIPLY, DIVIDE, MODULO, INTEGER_DIVIDE -> 4;
      default -> 5;
    };
  }

  /** What MySQL's grammar calls a bit expression. */
  ExpressionSyntax bits() {
    return arithmetic(0);
  }

  private ExpressionSyntax arithmetic(int level) {
    ExpressionSyntax left = simple();
    for (int length = 0; ; length++) {
      BinaryOperator operator = arithmeticOperator();
      if (operator == null || arithmeticLevel(operator) < level) {
        return left;
      }
      checkChain(length);
      tokens.next();
      left = operate(left, operator);
    }
  }

  private ExpressionSyntax operate(ExpressionSyntax left, BinaryOperator operator) {
    boolean sum = operator == BinaryOperator.PLUS || operator == BinaryOperator.MINUS;
    if (sum && tokens.at(Keyword.INTERVAL)) {
      ExpressionSyntax interval = grammar.functions.intervalIfAny();
      if (interval != null) {
        String name = operator == BinaryOperator.PLUS ? "DATE_ADD" : "DATE_SUB";
        return new FunctionCall(null, name, List.of(left, interval));
      }
    }
    return new Binary(operator, left, arithmetic(arithmeticLevel(operator) + 1));
  }

  private static void checkChain(int length) {
    if (length > ARITHMETIC_CHAIN_MAX) {
      throw TokenStream.tooDeep();
    }
  }

  // ---- prefixes, COLLATE and concatenation

  /** What MySQL's grammar calls a simple expression. */
  ExpressionSyntax simple() {
    ExpressionSyntax left = unary();
    for (int length = 0;
        tokens.at(TokenKind.OR_OR) && tokens.hasMode(ParserMode.PIPES_AS_CONCAT);
        length++) {
      checkChain(length);
      tokens.next();
      left = new Binary(BinaryOperator.CONCAT, left, unary());
    }
    return left;
  }

  private ExpressionSyntax unary() {
    return switch (tokens.kind()) {
      case MINUS -> prefixed(UnaryOperator.MINUS);
      case PLUS -> prefixed(UnaryOperator.PLUS);
      case TILDE -> prefixed(UnaryOperator.BIT_NOT);
      case EXCLAMATION -> prefixed(UnaryOperator.NOT);
      case KEYWORD -> {
        Keyword keyword = tokens.keyword();
        if (keyword == Keyword.BINARY) {
          tokens.next();
          tokens.enter();
          ExpressionSyntax operand = unary();
          tokens.leave();
          yield new Cast(operand, TypeParser.binary(), false, null);
        }
        if (keyword == Keyword.NOT && tokens.hasMode(ParserMode.HIGH_NOT_PRECEDENCE)) {
          yield prefixed(UnaryOperator.NOT);
        }
        yield collated();
      }
      default -> collated();
    };
  }

  private ExpressionSyntax prefixed(UnaryOperator operator) {
    tokens.next();
    tokens.enter();
    ExpressionSyntax operand = unary();
    tokens.leave();
    return new Unary(operator, operand);
  }

  private ExpressionSyntax collated() {
    ExpressionSyntax operand = grammar.primaries.primary();
    while (tokens.at(Keyword.COLLATE)) {
      tokens.next();
      operand = new Collate(operand, grammar.names.collation());
    }
    return operand;
  }
}
