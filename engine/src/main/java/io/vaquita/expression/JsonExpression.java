package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression whose own domain is JSON documents. Immutable. */
public abstract class JsonExpression extends Expression {
  protected JsonExpression(boolean nullable) {
    super(DataType.JSON, nullable);
  }

  @Override
  public long evaluateLong(Frame frame) {
    Slice v = evaluateJson(frame);
    return v == null ? 0 : Conversion.jsonToLong(v, frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    Slice v = evaluateJson(frame);
    return v == null ? 0 : Conversion.jsonToDouble(v, frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    Slice v = evaluateJson(frame);
    return v == null ? null : Conversion.jsonToDecimal(v, frame);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Slice v = evaluateJson(frame);
    return v == null ? null : Conversion.jsonToText(v);
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    Slice v = evaluateJson(frame);
    return v == null ? 0 : Conversion.jsonToTemporal(v, kind, frame);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    Slice v = evaluateJson(frame);
    return v != null && Conversion.jsonToBoolean(v, frame);
  }

  @Override
  public Value evaluate(Frame frame) {
    Slice v = evaluateJson(frame);
    return v == null ? Value.NullValue.NULL : new Value.JsonValue(v);
  }
}
