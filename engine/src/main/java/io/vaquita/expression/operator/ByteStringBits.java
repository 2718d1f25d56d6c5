package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Describe;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StringExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bit operators over byte strings: byte by byte, operands of equal length (3513). Immutable. */
final class ByteStringBits extends StringExpression {
  private final BitOperator operator;
  private final Expression left;
  private final Expression right;

  ByteStringBits(BitOperator operator, Expression left, Expression right) {
    super(
        DataType.varbinary(Math.max(left.type().length(), right.type().length())),
        true,
        Coercibility.COERCIBLE);
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Slice a = left.evaluateBytes(frame);
    if (a == null) {
      return null;
    }
    if (operator == BitOperator.SHIFT_LEFT || operator == BitOperator.SHIFT_RIGHT) {
      long count = right.evaluateLong(frame);
      return frame.isNull ? null : shift(a, count, operator == BitOperator.SHIFT_LEFT);
    }
    Slice b = right.evaluateBytes(frame);
    if (b == null) {
      return null;
    }
    if (a.length() != b.length()) {
      throw MySqlError.ER_INVALID_BITWISE_OPERANDS_SIZE.exception();
    }
    byte[] result = new byte[a.length()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          (byte)
              switch (operator) {
                case AND -> a.byteAt(i) & b.byteAt(i);
                case OR -> a.byteAt(i) | b.byteAt(i);
                default -> a.byteAt(i) ^ b.byteAt(i);
              };
    }
    return Slice.of(result);
  }

  private static Slice shift(Slice v, long count, boolean toLeft) {
    int n = v.length();
    byte[] result = new byte[n];
    if (count < 0 || count >= n * 8L) {
      return Slice.of(result);
    }
    int bytes = (int) (count / 8);
    int bits = (int) (count % 8);
    for (int i = 0; i < n; i++) {
      int from = toLeft ? i + bytes : i - bytes;
      int near = from >= 0 && from < n ? v.byteAt(from) & 0xFF : 0;
      int next = toLeft ? from + 1 : from - 1;
      int far = next >= 0 && next < n ? v.byteAt(next) & 0xFF : 0;
      result[i] = (byte) (toLeft ? near << bits | far >> 8 - bits : near >> bits | far << 8 - bits);
    }
    return Slice.of(result);
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new ByteStringBits(operator, children.get(0), children.get(1));
  }

  @Override
  public String describe() {
    return Describe.infix(left, operator.symbol(), right);
  }

  /** {@code ~} over a byte string. */
  static final class Not extends StringExpression {
    private final Expression operand;

    Not(Expression operand) {
      super(
          DataType.varbinary(operand.type().length()),
          operand.isNullable(),
          Coercibility.COERCIBLE);
      this.operand = operand;
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      Slice v = operand.evaluateBytes(frame);
      if (v == null) {
        return null;
      }
      byte[] result = v.toBytes();
      for (int i = 0; i < result.length; i++) {
        result[i] = (byte) ~result[i];
      }
      return Slice.of(result);
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
