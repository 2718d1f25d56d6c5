package io.vaquita.expression.operator;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.TypeKind;
import java.util.List;

/** A constant number that is compared with a YEAR column: 1 to 99 mean years of this century or the last. Immutable. */
final class YearConstant extends LongExpression {
  private final Expression operand;

  private YearConstant(Expression operand) {
    super(operand.type(), operand.isNullable());
    this.operand = operand;
  }

  /** Gives {@code e} back unless it is a constant and {@code other} a YEAR column. */
  static Expression of(Expression e, Expression other) {
    boolean isYear = other instanceof ColumnExpression && other.type().kind() == TypeKind.YEAR;
    return isYear && Expressions.isStatementConstant(e) ? new YearConstant(e) : e;
  }

  @Override
  public long evaluateLong(Frame frame) {
    long v = operand.evaluateLong(frame);
    return v <= 0 || v > 99 ? v : v + (v < 70 ? 2000 : 1900);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new YearConstant(children.getFirst());
  }

  @Override
  public String describe() {
    return operand.describe();
  }
}
