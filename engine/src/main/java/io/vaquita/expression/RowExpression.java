package io.vaquita.expression;

import io.vaquita.error.MySqlError;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.util.List;

/** {@code (a, b, …)}: an operand of row comparisons, never a value of its own (error 1241). Immutable. */
public final class RowExpression extends Expression {
  private final List<Expression> elements;

  public RowExpression(List<Expression> elements) {
    super(DataType.NULL, true);
    this.elements = List.copyOf(elements);
  }

  private static RuntimeException noValue() {
    return MySqlError.ER_OPERAND_COLUMNS.exception(1);
  }

  @Override
  public long evaluateLong(Frame frame) {
    throw noValue();
  }

  @Override
  public double evaluateDouble(Frame frame) {
    throw noValue();
  }

  @Override
  public BigDecimal evaluateDecimal(Frame frame) {
    throw noValue();
  }

  @Override
  public Slice evaluateBytes(Frame frame) {
    throw noValue();
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    throw noValue();
  }

  @Override
  public Slice evaluateJson(Frame frame) {
    throw noValue();
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    throw noValue();
  }

  @Override
  public Value evaluate(Frame frame) {
    throw noValue();
  }

  @Override
  public List<Expression> children() {
    return elements;
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new RowExpression(children);
  }

  @Override
  public String describe() {
    return Describe.call("", elements);
  }
}
