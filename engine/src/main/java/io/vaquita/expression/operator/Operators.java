package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes bound operators: the binder's door to this package. Types, collations and comparison domains are decided here. Stateless. */
public final class Operators {
  private Operators() {}

  public static Expression arithmetic(
      ArithmeticOperator operator, Expression left, Expression right, BindSettings settings) {
    return Arithmetic.of(operator, left, right, settings);
  }

  /** Unary minus. */
  public static Expression negate(Expression operand, BindSettings settings) {
    Casts.requireValue(operand);
    return Arithmetic.negate(operand);
  }

  public static Expression bits(
      BitOperator operator, Expression left, Expression right, BindSettings settings) {
    return BitOperation.of(operator, left, right);
  }

  /** {@code ~a}. */
  public static Expression bitNot(Expression operand, BindSettings settings) {
    return BitOperation.not(operand);
  }

  /**
   * A comparison of two values or, when both are {@link io.vaquita.expression.RowExpression}s, of rows. Usually a {@link Comparison}.
   */
  public static Expression compare(
      ComparisonOperator operator, Expression left, Expression right, BindSettings settings) {
    return Rows.compare(operator, left, right, settings);
  }

  public static Expression and(List<Expression> operands) {
    operands.forEach(Casts::requireValue);
    return operands.size() == 1 ? operands.getFirst() : new LogicalAnd(operands);
  }

  public static Expression or(List<Expression> operands) {
    operands.forEach(Casts::requireValue);
    return operands.size() == 1 ? operands.getFirst() : new LogicalOr(operands);
  }

  public static Expression xor(Expression left, Expression right) {
    Casts.requireValue(left);
    Casts.requireValue(right);
    return new LogicalXor(left, right);
  }

  public static Expression not(Expression operand) {
    Casts.requireValue(operand);
    return LogicalNot.of(operand);
  }

  /** IS [NOT] NULL and IS [NOT] UNKNOWN. */
  public static Expression isNull(Expression operand, boolean negated) {
    Casts.requireValue(operand);
    return new IsNull(operand, negated);
  }

  /** IS [NOT] TRUE and IS [NOT] FALSE. */
  public static Expression isTruth(Expression operand, boolean wanted, boolean negated) {
    Casts.requireValue(operand);
    return new IsTruth(operand, wanted, negated);
  }

  public static Expression between(
      Expression operand, Expression low, Expression high, boolean negated, BindSettings settings) {
    return Rows.between(operand, low, high, negated, settings);
  }

  /** Operand and list elements may be rows. */
  public static Expression in(
      Expression operand, List<Expression> list, boolean negated, BindSettings settings) {
    return Rows.in(operand, list, negated, settings);
  }

  /** {@code escape} null: the backslash, or none with NO_BACKSLASH_ESCAPES. */
  public static Expression like(
      Expression operand,
      Expression pattern,
      @Nullable Expression escape,
      boolean negated,
      BindSettings settings) {
    Casts.requireValue(operand);
    Casts.requireValue(pattern);
    Collation collation = CollationMix.of(List.of(operand, pattern), "like", settings).collation();
    return new Like(operand, pattern, escape, collation, negated);
  }

  /** {@code operand} null: CASE WHEN condition. {@code otherwise} null: NULL. */
  public static Expression caseWhen(
      @Nullable Expression operand,
      List<Expression> conditions,
      List<Expression> results,
      @Nullable Expression otherwise,
      BindSettings settings) {
    return ControlFlow.caseWhen(operand, conditions, results, otherwise, settings);
  }

  /**
   * CAST and CONVERT: {@code type} as the binder made it from the written type (length 0 or less: not given). BINARY expr is a cast to
   * VARBINARY, BINARY(n) to BINARY.
   */
  public static Expression cast(Expression operand, DataType type, BindSettings settings) {
    return Casts.cast(operand, type, settings);
  }

  /** CAST(… AT TIME ZONE … AS DATETIME(decimals)). */
  public static Expression castAtTimeZone(
      Expression operand, String zone, int decimals, BindSettings settings) {
    Casts.requireValue(operand);
    return CastAtTimeZone.of(operand, zone, decimals);
  }

  /** CONVERT(… USING …). */
  public static Expression convertUsing(
      Expression operand, CharacterSet characterSet, BindSettings settings) {
    return Casts.convertUsing(operand, characterSet, settings);
  }

  /** COLLATE. 1253 when the collation is of another character set. */
  public static Expression collate(Expression operand, Collation collation, BindSettings settings) {
    return Casts.collate(operand, collation, settings);
  }

  /**
   * The operand as {@code type} gives it where several expressions come together in one column (UNION, CASE, VALUES): the same node
   * when nothing has to be converted. No warnings as for CAST.
   */
  public static Expression convertTo(Expression operand, DataType type) {
    return Casts.convertTo(operand, type);
  }

  /** A subquery as a value: NULL without rows, 1242 with more than one. {@code output}: its only column. */
  public static Expression scalarSubquery(int index, Expression output) {
    return new ScalarSubquery(index, output);
  }

  /** A subquery as a row; an operand of {@link #compare} only. */
  public static Expression rowSubquery(int index, List<Expression> outputs) {
    return outputs.size() == 1
        ? new ScalarSubquery(index, outputs.getFirst())
        : new RowSubqueryOperand(index, outputs);
  }

  public static Expression exists(int index, boolean negated) {
    return new Exists(index, negated);
  }

  /** {@code operand} may be a row of as many elements as {@code outputs} (else 1241). */
  public static Expression inSubquery(
      Expression operand,
      int index,
      List<Expression> outputs,
      boolean negated,
      BindSettings settings) {
    return quantified(
        operand,
        negated ? ComparisonOperator.NOT_EQUAL : ComparisonOperator.EQUAL,
        negated,
        index,
        outputs,
        settings);
  }

  /** {@code operand op ANY (…)} and {@code operand op ALL (…)}. */
  public static Expression quantified(
      Expression operand,
      ComparisonOperator operator,
      boolean all,
      int index,
      List<Expression> outputs,
      BindSettings settings) {
    return Rows.quantified(operand, operator, all, index, outputs, settings);
  }
}
