package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes bound operators: the binder's door to this package. Types, collations and comparison domains are decided here. Stateless. */
@SuppressWarnings("DoNotCallSuggester")
public final class Operators {
  private Operators() {}

  public static Expression arithmetic(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Unary minus. */
  public static Expression negate(Expression operand, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  public static Expression bits(
      BitOperator operator, Expression left, Expression right, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** {@code ~a}. */
  public static Expression bitNot(Expression operand, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /**
   * A comparison of two values or, when both are {@link io.vaquita.expression.RowExpression}s, of rows. Usually a {@link Comparison}.
   */
  public static Expression compare(
      ComparisonOperator operator, Expression left, Expression right, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  public static Expression and(List<Expression> operands) {
    throw new UnsupportedOperationException();
  }

  public static Expression or(List<Expression> operands) {
    throw new UnsupportedOperationException();
  }

  public static Expression xor(Expression left, Expression right) {
    throw new UnsupportedOperationException();
  }

  public static Expression not(Expression operand) {
    throw new UnsupportedOperationException();
  }

  /** IS [NOT] NULL and IS [NOT] UNKNOWN. */
  public static Expression isNull(Expression operand, boolean negated) {
    throw new UnsupportedOperationException();
  }

  /** IS [NOT] TRUE and IS [NOT] FALSE. */
  public static Expression isTruth(Expression operand, boolean wanted, boolean negated) {
    throw new UnsupportedOperationException();
  }

  public static Expression between(
      Expression operand, Expression low, Expression high, boolean negated, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** Operand and list elements may be rows. */
  public static Expression in(
      Expression operand, List<Expression> list, boolean negated, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** {@code escape} null: the backslash, or none with NO_BACKSLASH_ESCAPES. */
  public static Expression like(
      Expression operand,
      Expression pattern,
      @Nullable Expression escape,
      boolean negated,
      BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** {@code operand} null: CASE WHEN condition. {@code otherwise} null: NULL. */
  public static Expression caseWhen(
      @Nullable Expression operand,
      List<Expression> conditions,
      List<Expression> results,
      @Nullable Expression otherwise,
      BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /**
   * CAST and CONVERT: {@code type} as the binder made it from the written type (length 0 or less: not given). BINARY expr is a cast to
   * VARBINARY, BINARY(n) to BINARY.
   */
  public static Expression cast(Expression operand, DataType type, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** CAST(… AT TIME ZONE … AS DATETIME(decimals)). */
  public static Expression castAtTimeZone(
      Expression operand, String zone, int decimals, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** CONVERT(… USING …). */
  public static Expression convertUsing(
      Expression operand, CharacterSet characterSet, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** COLLATE. 1253 when the collation is of another character set. */
  public static Expression collate(Expression operand, Collation collation, BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /**
   * The operand as {@code type} gives it where several expressions come together in one column (UNION, CASE, VALUES): the same node
   * when nothing has to be converted. No warnings as for CAST.
   */
  public static Expression convertTo(Expression operand, DataType type) {
    throw new UnsupportedOperationException();
  }

  /** A subquery as a value: NULL without rows, 1242 with more than one. {@code output}: its only column. */
  public static Expression scalarSubquery(int index, Expression output) {
    throw new UnsupportedOperationException();
  }

  /** A subquery as a row; an operand of {@link #compare} only. */
  public static Expression rowSubquery(int index, List<Expression> outputs) {
    throw new UnsupportedOperationException();
  }

  public static Expression exists(int index, boolean negated) {
    throw new UnsupportedOperationException();
  }

  /** {@code operand} may be a row of as many elements as {@code outputs} (else 1241). */
  public static Expression inSubquery(
      Expression operand,
      int index,
      List<Expression> outputs,
      boolean negated,
      BindSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** {@code operand op ANY (…)} and {@code operand op ALL (…)}. */
  public static Expression quantified(
      Expression operand,
      ComparisonOperator operator,
      boolean all,
      int index,
      List<Expression> outputs,
      BindSettings settings) {
    throw new UnsupportedOperationException();
  }
}
