package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression whose own domain is strings, of characters or of bytes. Immutable. */
public abstract class StringExpression extends Expression {
  private final int coercibility;

  protected StringExpression(DataType type, boolean nullable, int coercibility) {
    super(type, nullable);
    this.coercibility = coercibility;
  }

  @Override
  public int coercibility() {
    return coercibility;
  }

  @Override
  public long evaluateLong(Frame frame) {
    Slice v = evaluateBytes(frame);
    return v == null ? 0 : Conversion.textToLong(v, frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    Slice v = evaluateBytes(frame);
    return v == null ? 0 : Conversion.textToDouble(v, frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    Slice v = evaluateBytes(frame);
    return v == null ? null : Conversion.textToDecimal(v, frame);
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    Slice v = evaluateBytes(frame);
    return v == null ? 0 : Conversion.textToTemporal(v, kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    Slice v = evaluateBytes(frame);
    return v == null ? null : Conversion.textToJson(v, type(), "cast_as_json", 1);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return evaluateDouble(frame) != 0;
  }

  @Override
  public Value evaluate(Frame frame) {
    Slice v = evaluateBytes(frame);
    return v == null ? Value.NullValue.NULL : new Value.StringValue(v, type().collation());
  }
}
