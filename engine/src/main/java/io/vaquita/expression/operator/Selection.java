package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An expression whose result is that of one of its operands, which all have the result's domain: CASE, IF, NULLIF, LEAST. Immutable. */
public abstract class Selection extends Expression {
  private final int coercibility;

  protected Selection(DataType type, boolean nullable, int coercibility) {
    super(type, nullable);
    this.coercibility = coercibility;
  }

  /** The operand to evaluate, or null when the result is NULL. */
  protected abstract @Nullable Expression select(Frame frame);

  @Override
  public final int coercibility() {
    return coercibility;
  }

  @Override
  public final long evaluateLong(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return 0;
    }
    return chosen.evaluateLong(frame);
  }

  @Override
  public final double evaluateDouble(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return 0;
    }
    return chosen.evaluateDouble(frame);
  }

  @Override
  public final @Nullable BigDecimal evaluateDecimal(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return null;
    }
    return chosen.evaluateDecimal(frame);
  }

  @Override
  public final @Nullable Slice evaluateBytes(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return null;
    }
    return chosen.evaluateBytes(frame);
  }

  @Override
  public final @Nullable Slice evaluateJson(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return null;
    }
    return chosen.evaluateJson(frame);
  }

  @Override
  public final boolean evaluateBoolean(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return false;
    }
    return chosen.evaluateBoolean(frame);
  }

  @Override
  public final Value evaluate(Frame frame) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return Value.NullValue.NULL;
    }
    return chosen.evaluate(frame);
  }

  @Override
  public final long evaluateTemporal(Frame frame, TypeKind kind) {
    Expression chosen = select(frame);
    if (chosen == null) {
      frame.isNull = true;
      return 0;
    }
    return chosen.evaluateTemporal(frame, kind);
  }
}
