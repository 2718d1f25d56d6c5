package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/**
 * {@code left op right} over two values. A subclass for each domain in which values compare; the planner reads operator and operands to
 * find index ranges. Immutable.
 */
public abstract class Comparison extends LongExpression {
  protected final ComparisonOperator operator;
  protected final Expression left;
  protected final Expression right;

  protected Comparison(ComparisonOperator operator, Expression left, Expression right) {
    super(
        DataType.BOOLEAN,
        operator != ComparisonOperator.NULL_SAFE_EQUAL
            && (left.isNullable() || right.isNullable()));
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  public final ComparisonOperator operator() {
    return operator;
  }

  public final Expression left() {
    return left;
  }

  public final Expression right() {
    return right;
  }

  /** In which domain the operands compare. */
  public abstract TypeKind.Domain domain();

  /** The collation of a comparison of strings; binary for all others. */
  public abstract Collation collation();

  /** Negative, 0 or positive; sets {@link Frame#isNull} when an operand is NULL. */
  public abstract int compare(Frame frame);

  @Override
  public final List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public final String describe() {
    return io.vaquita.expression.Describe.infix(left, operator.symbol(), right);
  }
}
