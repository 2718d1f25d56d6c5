package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a prepared statement, or a literal that the digest took out of the text: {@link Frame#parameters}. The value may be of
 * another domain than the plan's type (a client may bind text where a number was inferred); it is read by its own conversion. Immutable.
 */
public final class ParameterExpression extends Expression {
  private final int index;
  private final int coercibility;

  private ParameterExpression(int index, DataType type, int coercibility) {
    super(type, true);
    this.index = index;
    this.coercibility = coercibility;
  }

  public static ParameterExpression of(int index, DataType type) {
    return new ParameterExpression(
        index,
        type,
        switch (type.domain()) {
          case STRING -> Coercibility.COERCIBLE;
          case NULL -> Coercibility.IGNORABLE;
          default -> Coercibility.NUMERIC;
        });
  }

  public int index() {
    return index;
  }

  @Override
  public long evaluateLong(Frame frame) {
    return Values.toLong(frame.parameters[index], frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    Value v = frame.parameters[index];
    return v instanceof Value.StringValue s
        ? frame.parameterDouble(index, s.bytes())
        : Values.toDouble(v, frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    return Values.toDecimal(frame.parameters[index], frame);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    return Values.toBytes(frame.parameters[index], frame);
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    Value v = frame.parameters[index];
    return v instanceof Value.StringValue s
        ? frame.parameterTemporal(index, s.bytes(), kind)
        : Values.toTemporal(v, kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    return Values.toJson(frame.parameters[index], frame);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return Values.toBoolean(frame.parameters[index], frame);
  }

  @Override
  public Value evaluate(Frame frame) {
    Value v = frame.parameters[index];
    frame.isNull = v.isNull();
    return v;
  }

  @Override
  public Dependence dependence() {
    return Dependence.STATEMENT;
  }

  @Override
  public int coercibility() {
    return coercibility;
  }

  @Override
  public String describe() {
    return "?";
  }
}
