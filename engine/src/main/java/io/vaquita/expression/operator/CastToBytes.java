package io.vaquita.expression.operator;

import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StringExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CAST AS BINARY and BINARY expr: the bytes in the character set of the text; BINARY(n) cut or filled with zeros. Immutable. */
final class CastToBytes extends StringExpression {
  private final Expression operand;
  private final boolean fixed;

  CastToBytes(Expression operand, DataType type, boolean fixed) {
    super(type, true, Coercibility.IMPLICIT);
    this.operand = operand;
    this.fixed = fixed;
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Slice v = operand.evaluateBytes(frame);
    if (v == null) {
      return null;
    }
    if (operand.type().domain() == TypeKind.Domain.STRING) {
      v = Encoding.encode(v, operand.type().collation().characterSet());
    }
    int width = (int) type().length();
    if (!fixed || v.length() == width) {
      return v;
    }
    if (v.length() > width) {
      Conversion.truncated(frame.statement, "BINARY(" + width + ")", v.toUtf8());
      return v.sub(0, width);
    }
    return Slice.of(Arrays.copyOf(v.toBytes(), width));
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToBytes(children.getFirst(), type(), fixed);
  }

  @Override
  public String describe() {
    return "cast(" + operand.describe() + " as char charset binary)";
  }
}
