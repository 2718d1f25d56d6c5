package io.vaquita.expression.operator;

import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.HexNumber;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** {@code & | ^ << >>} over 64 unsigned bits; over byte strings it is {@link ByteStringBits}. Immutable. */
final class BitOperation extends LongExpression {
  private static final DataType TYPE =
      new DataType(TypeKind.BIGINT, 21, 0, true, false, Collations.BINARY, List.of());

  private final BitOperator operator;
  private final Expression left;
  private final Expression right;

  private BitOperation(BitOperator operator, Expression left, Expression right) {
    super(TYPE, left.isNullable() || right.isNullable());
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  static Expression of(BitOperator operator, Expression left, Expression right) {
    Casts.requireValue(left);
    Casts.requireValue(right);
    boolean isShift = operator == BitOperator.SHIFT_LEFT || operator == BitOperator.SHIFT_RIGHT;
    boolean bytes =
        isShift
            ? isByteString(left) && !isPlainLiteral(left)
            : isByteString(left)
                && isByteString(right)
                && !(isPlainLiteral(left) && isPlainLiteral(right));
    return bytes
        ? new ByteStringBits(operator, left, right)
        : new BitOperation(operator, left, right);
  }

  /** {@code ~}. */
  static Expression not(Expression operand) {
    Casts.requireValue(operand);
    return isByteString(operand) && !isPlainLiteral(operand)
        ? new ByteStringBits.Not(operand)
        : new Not(operand);
  }

  private static boolean isByteString(Expression e) {
    return e.type().isBinaryString() && e.type().kind() != TypeKind.ENUM
        || e instanceof LiteralExpression l && l.value().isNull();
  }

  private static boolean isPlainLiteral(Expression e) {
    return e instanceof HexNumber || e instanceof LiteralExpression l && l.value().isNull();
  }

  @Override
  public long evaluateLong(Frame frame) {
    long a = left.evaluateLong(frame);
    if (frame.isNull) {
      return 0;
    }
    long b = right.evaluateLong(frame);
    if (frame.isNull) {
      return 0;
    }
    return switch (operator) {
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHIFT_LEFT -> b >= 0 && b < Long.SIZE ? a << b : 0;
      case SHIFT_RIGHT -> b >= 0 && b < Long.SIZE ? a >>> b : 0;
    };
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new BitOperation(operator, children.get(0), children.get(1));
  }

  @Override
  public String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }

  private static final class Not extends LongExpression {
    private final Expression operand;

    Not(Expression operand) {
      super(TYPE, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public long evaluateLong(Frame frame) {
      long v = operand.evaluateLong(frame);
      return frame.isNull ? 0 : ~v;
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new Not(children.getFirst());
    }

    @Override
    public String describe() {
      return "~(" + operand.describe() + ")";
    }
  }
}
