package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose own domain is DECIMAL. {@link #evaluateDecimal} may carry more digits after the point than {@code
 * type().decimals()} (a quotient inside a larger expression does, as MySQL's); text and boxed values are rounded to them. Immutable.
 */
public abstract class DecimalExpression extends Expression {
  protected DecimalExpression(DataType type, boolean nullable) {
    super(type, nullable);
  }

  @Override
  public abstract @Nullable BigDecimal evaluateDecimal(Frame frame);

  /** Rounded to the scale of the type. */
  private @Nullable BigDecimal shown(Frame frame) {
    BigDecimal v = evaluateDecimal(frame);
    return v == null || v.scale() == type().decimals()
        ? v
        : v.setScale(type().decimals(), RoundingMode.HALF_UP);
  }

  @Override
  public long evaluateLong(Frame frame) {
    BigDecimal v = evaluateDecimal(frame);
    return v == null ? 0 : Conversion.decimalToLong(v, type().unsigned(), frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    BigDecimal v = evaluateDecimal(frame);
    return v == null ? 0 : v.doubleValue();
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    BigDecimal v = shown(frame);
    return v == null ? null : Conversion.decimalToText(v, type());
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    BigDecimal v = evaluateDecimal(frame);
    return v == null ? 0 : Conversion.decimalToTemporal(v, kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    BigDecimal v = shown(frame);
    return v == null ? null : Conversion.decimalToJson(v);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    BigDecimal v = evaluateDecimal(frame);
    return v != null && v.signum() != 0;
  }

  @Override
  public Value evaluate(Frame frame) {
    BigDecimal v = shown(frame);
    return v == null ? Value.NullValue.NULL : new Value.DecimalValue(v);
  }
}
