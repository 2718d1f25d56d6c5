package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression that has its result as a boxed value and converts it to what is asked for: variables and the like. Immutable. */
public abstract class ValueExpression extends Expression {
  protected ValueExpression(DataType type, boolean nullable) {
    super(type, nullable);
  }

  @Override
  public abstract Value evaluate(Frame frame);

  @Override
  public long evaluateLong(Frame frame) {
    return Values.toLong(evaluate(frame), frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    return Values.toDouble(evaluate(frame), frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    return Values.toDecimal(evaluate(frame), frame);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    return Values.toBytes(evaluate(frame), frame);
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    return Values.toTemporal(evaluate(frame), kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    return Values.toJson(evaluate(frame), frame);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return Values.toBoolean(evaluate(frame), frame);
  }
}
