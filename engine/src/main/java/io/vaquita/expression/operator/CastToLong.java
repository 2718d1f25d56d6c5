package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.HexNumber;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.util.List;

/** CAST AS SIGNED and AS UNSIGNED. Immutable. */
final class CastToLong extends LongExpression {
  private final Expression operand;

  CastToLong(Expression operand, boolean unsigned) {
    super(unsigned ? DataType.UNSIGNED_BIGINT : DataType.BIGINT, operand.isNullable());
    this.operand = operand;
  }

  @Override
  public long evaluateLong(Frame frame) {
    return switch (operand.type().domain()) {
      case STRING -> operand instanceof HexNumber ? operand.evaluateLong(frame) : ofText(frame);
      case DECIMAL -> ofDecimal(frame);
      default -> operand.evaluateLong(frame);
    };
  }

  private long ofDecimal(Frame frame) {
    BigDecimal v = operand.evaluateDecimal(frame);
    return v == null ? 0 : Conversion.decimalToLong(v, type().unsigned(), frame);
  }

  private long ofText(Frame frame) {
    if (operand.type().kind() == TypeKind.ENUM || operand.type().kind() == TypeKind.SET) {
      return operand.evaluateLong(frame);
    }
    Slice text = operand.evaluateBytes(frame);
    if (text == null) {
      return 0;
    }
    long v = Conversion.textToLong(text, frame);
    if (v < 0) {
      boolean negative = text.toUtf8().stripLeading().startsWith("-");
      if (type().unsigned() && negative) {
        complement(frame, "Cast to unsigned converted negative integer to its positive complement");
      } else if (!type().unsigned() && !negative && !Conversion.wasTruncated(frame)) {
        complement(
            frame,
            "Cast to signed converted positive out-of-range integer to its negative complement");
      }
    }
    return v;
  }

  private static void complement(Frame frame, String message) {
    frame.statement.warn(WarningSink.Level.WARNING, MySqlError.ER_UNKNOWN_ERROR.number(), message);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToLong(children.getFirst(), type().unsigned());
  }

  @Override
  public String describe() {
    return "cast("
        + operand.describe()
        + " as "
        + (type().unsigned() ? "unsigned" : "signed")
        + ")";
  }
}
