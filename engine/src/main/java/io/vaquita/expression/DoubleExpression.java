package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression whose own domain is DOUBLE. Immutable. */
public abstract class DoubleExpression extends Expression {
  protected DoubleExpression(DataType type, boolean nullable) {
    super(type, nullable);
  }

  @Override
  public long evaluateLong(Frame frame) {
    double v = evaluateDouble(frame);
    return frame.isNull ? 0 : Conversion.doubleToLong(v, type().unsigned(), frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    double v = evaluateDouble(frame);
    return frame.isNull ? null : Conversion.doubleToDecimal(v);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    double v = evaluateDouble(frame);
    return frame.isNull ? null : Conversion.doubleToText(v, type());
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    double v = evaluateDouble(frame);
    return frame.isNull ? 0 : Conversion.doubleToTemporal(v, kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    double v = evaluateDouble(frame);
    return frame.isNull ? null : Conversion.doubleToJson(v);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return evaluateDouble(frame) != 0;
  }

  @Override
  public Value evaluate(Frame frame) {
    double v = evaluateDouble(frame);
    return frame.isNull ? Value.NullValue.NULL : new Value.DoubleValue(v);
  }
}
