package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.util.List;

/** CAST AS YEAR. Immutable. */
final class CastToYear extends LongExpression {
  private final Expression operand;

  CastToYear(Expression operand) {
    super(TYPE, true);
    this.operand = operand;
  }

  private static final DataType TYPE =
      new DataType(TypeKind.YEAR, 4, 0, true, true, Collations.BINARY, List.of());

  @Override
  public long evaluateLong(Frame frame) {
    boolean isText = operand.type().domain() == TypeKind.Domain.STRING;
    long v;
    if (operand.type().kind().hasDate()) {
      v = operand.evaluateTemporal(frame, TypeKind.DATE);
      return frame.isNull ? 0 : io.vaquita.value.temporal.PackedTemporal.year(v);
    }
    if (operand.type().kind() == TypeKind.TIME) {
      operand.evaluateTemporal(frame, TypeKind.TIME);
      return frame.isNull
          ? 0
          : io.vaquita.value.temporal.PackedTemporal.year(Conversion.currentDate(frame));
    }
    int length = 0;
    if (isText) {
      Slice text = operand.evaluateBytes(frame);
      if (text == null) {
        return 0;
      }
      length = text.length();
      v = Math.round(Conversion.textToDouble(text, frame));
      if (Conversion.wasNoNumber(frame)) {
        frame.statement.warn(MySqlError.ER_WRONG_VALUE, "YEAR", text.toUtf8());
        frame.isNull = true;
        return 0;
      }
    } else {
      v = operand.evaluateLong(frame);
    }
    if (frame.isNull) {
      return 0;
    }
    if (v >= 0 && v < 100 && !(v == 0 && (!isText || length > 2))) {
      return v + (v < 70 ? 2000 : 1900);
    }
    if (v != 0 && (v < 1901 || v > 2155)) {
      frame.statement.warn(
          WarningSink.Level.WARNING,
          MySqlError.ER_TRUNCATED_WRONG_VALUE.number(),
          MySqlError.ER_TRUNCATED_WRONG_VALUE.format("YEAR", Long.toString(v)));
      frame.isNull = true;
      return 0;
    }
    return v;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToYear(children.getFirst());
  }

  @Override
  public String describe() {
    return "cast(" + operand.describe() + " as year)";
  }
}
