package io.vaquita.parser.syntax;

import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written. Immutable. Precedence has become structure; nothing is resolved or typed. */
public sealed interface ExpressionSyntax {

  record NullLiteral() implements ExpressionSyntax {}

  /** TRUE and FALSE. */
  record BooleanLiteral(boolean value) implements ExpressionSyntax {}

  /** Digits only, up to 2^64 - 1; longer ones are {@link DecimalLiteral}. Never negative. */
  record IntegerLiteral(BigInteger value) implements ExpressionSyntax {}

  /** With a point, without an exponent. */
  record DecimalLiteral(BigDecimal value) implements ExpressionSyntax {}

  /** With an exponent. */
  record DoubleLiteral(double value) implements ExpressionSyntax {}

  /**
   * @param characterSet the introducer without its underscore ({@code _latin1'x'}; {@code N'x'} is utf8mb3), or null
   */
  record StringLiteral(String value, @Nullable String characterSet) implements ExpressionSyntax {}

  /** {@code X'41'}, {@code 0x41}, {@code B'01'}, {@code 0b01}: bytes as strings, numbers where a number is asked for. */
  record BytesLiteral(byte[] value, boolean isBits, @Nullable String characterSet)
      implements ExpressionSyntax {}

  /** {@code DATE '…'}, {@code TIME '…'}, {@code TIMESTAMP '…'}; {@code kind} upper case. */
  record TemporalLiteral(String kind, String text) implements ExpressionSyntax {}

  /**
   * A {@code ?}, or a literal that the digest has taken out of the text.
   *
   * @param index from 0, in the order of the text
   */
  record Parameter(int index) implements ExpressionSyntax {}

  record ColumnReference(@Nullable String schema, @Nullable String table, String column)
      implements ExpressionSyntax {}

  /** {@code @name}; the name in lower case. */
  record UserVariable(String name) implements ExpressionSyntax {}

  /** {@code @name := value} inside an expression. */
  record UserVariableAssignment(String name, ExpressionSyntax value) implements ExpressionSyntax {}

  /** {@code @@name}, {@code @@session.name}, {@code @@global.name}; {@code scope} upper case or null. */
  record SystemVariable(@Nullable String scope, String name) implements ExpressionSyntax {}

  /** Operators with one operand. */
  enum UnaryOperator {
    MINUS,
    PLUS,
    BIT_NOT,
    /** NOT and {@code !}. */
    NOT
  }

  record Unary(UnaryOperator operator, ExpressionSyntax operand) implements ExpressionSyntax {}

  /** Operators with two operands. */
  enum BinaryOperator {
    PLUS("+"),
    MINUS("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    INTEGER_DIVIDE("DIV"),
    MODULO("%"),
    BIT_AND("&"),
    BIT_OR("|"),
    BIT_XOR("^"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    EQUAL("="),
    NULL_SAFE_EQUAL("<=>"),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    AND("and"),
    OR("or"),
    XOR("xor"),
    /** {@code ||} with PIPES_AS_CONCAT. */
    CONCAT("||"),
    /** {@code column->path}. */
    JSON_EXTRACT("->"),
    /** {@code column->>path}. */
    JSON_UNQUOTE_EXTRACT("->>"),
    MEMBER_OF("member of"),
    SOUNDS_LIKE("sounds like");

    private final String symbol;

    BinaryOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  record Binary(BinaryOperator operator, ExpressionSyntax left, ExpressionSyntax right)
      implements ExpressionSyntax {}

  record Like(
      ExpressionSyntax operand,
      ExpressionSyntax pattern,
      @Nullable ExpressionSyntax escape,
      boolean negated)
      implements ExpressionSyntax {}

  /** REGEXP and RLIKE. */
  record Regexp(ExpressionSyntax operand, ExpressionSyntax pattern, boolean negated)
      implements ExpressionSyntax {}

  record Between(
      ExpressionSyntax operand, ExpressionSyntax low, ExpressionSyntax high, boolean negated)
      implements ExpressionSyntax {}

  record InList(ExpressionSyntax operand, List<ExpressionSyntax> list, boolean negated)
      implements ExpressionSyntax {}

  record InSubquery(ExpressionSyntax operand, QuerySyntax query, boolean negated)
      implements ExpressionSyntax {}

  /** What IS tests for. */
  enum TruthTest {
    NULL,
    TRUE,
    FALSE,
    UNKNOWN
  }

  record Is(ExpressionSyntax operand, TruthTest test, boolean negated)
      implements ExpressionSyntax {}

  record Exists(QuerySyntax query) implements ExpressionSyntax {}

  /** A subquery in parentheses used as a value or row. */
  record ScalarSubquery(QuerySyntax query) implements ExpressionSyntax {}

  /** {@code operand = ANY (query)}, {@code operand > ALL (query)}. */
  record Quantified(
      ExpressionSyntax operand, BinaryOperator operator, boolean all, QuerySyntax query)
      implements ExpressionSyntax {}

  /** {@code (a, b)} and {@code ROW(a, b)}. */
  record RowConstructor(List<ExpressionSyntax> elements) implements ExpressionSyntax {}

  record When(ExpressionSyntax condition, ExpressionSyntax result) {}

  record Case(
      @Nullable ExpressionSyntax operand, List<When> whens, @Nullable ExpressionSyntax otherwise)
      implements ExpressionSyntax {}

  /** CAST(… AS type), CONVERT(…, type) and BINARY expr. {@code atTimeZone}: the text of CAST(… AT TIME ZONE …). */
  record Cast(ExpressionSyntax operand, TypeSyntax type, boolean array, @Nullable String atTimeZone)
      implements ExpressionSyntax {}

  /** CONVERT(… USING charset). */
  record ConvertUsing(ExpressionSyntax operand, String characterSet) implements ExpressionSyntax {}

  record Collate(ExpressionSyntax operand, String collation) implements ExpressionSyntax {}

  /** {@code INTERVAL n unit}, only as an argument of date arithmetic; {@code unit} upper case, such as DAY_HOUR. */
  record Interval(ExpressionSyntax amount, String unit) implements ExpressionSyntax {}

  /** A bare keyword argument: the unit of EXTRACT and TIMESTAMPADD, the form of TRIM, DATE in GET_FORMAT. Upper case. */
  record Keyword(String word) implements ExpressionSyntax {}

  /**
   * A call of a built-in or stored function. Special forms are calls too: EXTRACT(unit, e), TRIM(BOTH|LEADING|TRAILING, remove, e),
   * POSITION becomes LOCATE, SUBSTRING(e FROM n FOR m) becomes SUBSTRING(e, n, m), {@code d + INTERVAL 1 DAY} becomes
   * DATE_ADD(d, Interval), CURRENT_TIMESTAMP becomes NOW.
   *
   * @param name as typed
   */
  record FunctionCall(@Nullable String schema, String name, List<ExpressionSyntax> arguments)
      implements ExpressionSyntax {}

  /**
   * COUNT, SUM, GROUP_CONCAT and the other aggregates, also with OVER; and the window functions ROW_NUMBER, LAG, ….
   *
   * @param name upper case
   * @param arguments empty for COUNT(*)
   * @param orderBy of GROUP_CONCAT
   * @param separator of GROUP_CONCAT
   * @param over null unless used as a window function
   */
  record Aggregate(
      String name,
      boolean distinct,
      List<ExpressionSyntax> arguments,
      List<OrderItem> orderBy,
      @Nullable String separator,
      boolean ignoreNulls,
      @Nullable WindowSyntax over)
      implements ExpressionSyntax {}

  /** VALUES(column) in ON DUPLICATE KEY UPDATE. */
  record ValuesOf(ColumnReference column) implements ExpressionSyntax {}

  /** DEFAULT (no column: as a value in INSERT or SET) and DEFAULT(column). */
  record Default(@Nullable ColumnReference column) implements ExpressionSyntax {}

  /** MATCH (…) AGAINST (…); {@code mode} as written after the pattern. */
  record Match(List<ColumnReference> columns, ExpressionSyntax pattern, String mode)
      implements ExpressionSyntax {}
}
