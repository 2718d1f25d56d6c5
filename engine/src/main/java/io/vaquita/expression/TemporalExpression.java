package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose own domain is dates and times: {@code type().kind()} is DATE, TIME, DATETIME or TIMESTAMP (which evaluates as
 * DATETIME in the session's time zone). Immutable.
 */
public abstract class TemporalExpression extends Expression {
  private final TypeKind own;

  protected TemporalExpression(DataType type, boolean nullable) {
    super(type, nullable);
    this.own = type.kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type.kind();
  }

  /** The packed value in the expression's own kind. */
  protected abstract long evaluatePacked(Frame frame);

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    long v = evaluatePacked(frame);
    return kind == own || frame.isNull ? v : Conversion.temporalToTemporal(v, own, kind, frame);
  }

  @Override
  public long evaluateLong(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? 0 : Conversion.temporalToLong(v, own);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? 0 : Conversion.temporalToDouble(v, own);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? null : Conversion.temporalToDecimal(v, own, type().decimals());
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? null : Conversion.temporalToText(v, own, type().decimals());
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? null : Conversion.temporalToJson(v, type().kind());
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return evaluatePacked(frame) != 0;
  }

  @Override
  public Value evaluate(Frame frame) {
    long v = evaluatePacked(frame);
    return frame.isNull ? Value.NullValue.NULL : new Value.TemporalValue(own, v, type().decimals());
  }
}
