package io.vaquita.expression.operator;

import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/**
 * {@code left op right} over two values. A subclass for each domain in which values compare; the planner reads operator and operands to
 * find index ranges. Immutable.
 */
public abstract class Comparison extends Condition {
  protected final ComparisonOperator operator;
  protected final Expression left;
  protected final Expression right;

  protected Comparison(ComparisonOperator operator, Expression left, Expression right) {
    super(DataType.BOOLEAN, left.isNullable() || right.isNullable());
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
  public Collation collation() {
    return Collations.BINARY;
  }

  /** Negative, 0 or positive; sets {@link Frame#isNull} when an operand is NULL. */
  public abstract int compare(Frame frame);

  /** The same comparison by another operator. */
  public final Comparison withOperator(ComparisonOperator other) {
    return with(other, left, right);
  }

  /** A comparison in the same way of other operands. */
  protected abstract Comparison with(
      ComparisonOperator newOperator, Expression newLeft, Expression newRight);

  /** With operands exchanged: what the planner needs for {@code 5 < a}. */
  public final Comparison mirrored() {
    return with(operator.mirrored(), right, left);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    int c = compare(frame);
    return !frame.isNull && operator.holds(c);
  }

  @Override
  public final List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public final Expression withChildren(List<Expression> children) {
    return with(operator, children.get(0), children.get(1));
  }

  @Override
  public final String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }
}
