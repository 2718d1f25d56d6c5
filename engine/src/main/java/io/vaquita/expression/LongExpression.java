package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression whose own domain is the integers. Immutable. */
public abstract class LongExpression extends Expression {
  protected LongExpression(DataType type, boolean nullable) {
    super(type, nullable);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    long v = evaluateLong(frame);
    return v < 0 && type().unsigned() ? Conversion.unsignedToDouble(v) : v;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    long v = evaluateLong(frame);
    return frame.isNull ? null : Conversion.longToDecimal(v, type().unsigned());
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    long v = evaluateLong(frame);
    return frame.isNull ? null : Conversion.longToText(v, type());
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    long v = evaluateLong(frame);
    return frame.isNull ? 0 : Conversion.longToTemporal(v, type(), kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    long v = evaluateLong(frame);
    return frame.isNull ? null : Conversion.longToJson(v, type().unsigned());
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return evaluateLong(frame) != 0;
  }

  @Override
  public Value evaluate(Frame frame) {
    long v = evaluateLong(frame);
    return frame.isNull ? Value.NullValue.NULL : new Value.LongValue(v, type().unsigned());
  }
}
