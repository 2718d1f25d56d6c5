package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeKind.Domain;
import java.math.BigDecimal;
import java.util.List;

/** BETWEEN: all three operands compare in one domain, each is evaluated once. Immutable. */
public final class Between extends Condition {
  private final Expression operand;
  private final Expression low;
  private final Expression high;
  private final boolean negated;
  private final Domain domain;
  private final Collation collation;
  private final TypeKind kind;

  /** {@code kind} counts for TEMPORAL only, {@code collation} for STRING only. */
  Between(
      List<Expression> operands,
      boolean negated,
      Domain domain,
      Collation collation,
      TypeKind kind) {
    super(DataType.BOOLEAN, anyNullable(operands));
    this.operand = operands.get(0);
    this.low = operands.get(1);
    this.high = operands.get(2);
    this.negated = negated;
    this.domain = domain;
    this.collation = collation;
    this.kind = kind;
  }

  public Expression operand() {
    return operand;
  }

  public Expression low() {
    return low;
  }

  public Expression high() {
    return high;
  }

  public boolean isNegated() {
    return negated;
  }

  /** In which domain the operands compare. */
  public Domain domain() {
    return domain;
  }

  public Collation collation() {
    return collation;
  }

  Between negate() {
    return new Between(children(), !negated, domain, collation, kind);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return switch (domain) {
      case INTEGER -> ofLongs(frame);
      case TEMPORAL -> ofTemporals(frame);
      case DOUBLE -> ofDoubles(frame);
      case DECIMAL -> ofDecimals(frame);
      case STRING, JSON, NULL -> ofStrings(frame);
    };
  }

  private boolean ofLongs(Frame frame) {
    long v = operand.evaluateLong(frame);
    if (frame.isNull) {
      return false;
    }
    long a = low.evaluateLong(frame);
    boolean noLow = frame.isNull;
    long b = high.evaluateLong(frame);
    return within(frame, noLow, frame.isNull, compare(v, a), compare(v, b));
  }

  private int compare(long a, long b) {
    return operand.type().unsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  private boolean ofTemporals(Frame frame) {
    long v = operand.evaluateTemporal(frame, kind);
    if (frame.isNull) {
      return false;
    }
    long a = low.evaluateTemporal(frame, kind);
    boolean noLow = frame.isNull;
    long b = high.evaluateTemporal(frame, kind);
    return within(frame, noLow, frame.isNull, Long.compare(v, a), Long.compare(v, b));
  }

  private boolean ofDoubles(Frame frame) {
    double v = operand.evaluateDouble(frame);
    if (frame.isNull) {
      return false;
    }
    double a = low.evaluateDouble(frame);
    boolean noLow = frame.isNull;
    double b = high.evaluateDouble(frame);
    return within(frame, noLow, frame.isNull, v < a ? -1 : 0, v > b ? 1 : 0);
  }

  private boolean ofDecimals(Frame frame) {
    BigDecimal v = operand.evaluateDecimal(frame);
    if (v == null) {
      return false;
    }
    BigDecimal a = low.evaluateDecimal(frame);
    BigDecimal b = high.evaluateDecimal(frame);
    return within(
        frame,
        a == null,
        b == null,
        a == null ? 0 : v.compareTo(a),
        b == null ? 0 : v.compareTo(b));
  }

  private boolean ofStrings(Frame frame) {
    Slice v = operand.evaluateBytes(frame);
    if (v == null) {
      return false;
    }
    Slice a = low.evaluateBytes(frame);
    Slice b = high.evaluateBytes(frame);
    return within(
        frame,
        a == null,
        b == null,
        a == null ? 0 : collation.compare(v, a),
        b == null ? 0 : collation.compare(v, b));
  }

  /** One bound may be NULL and the other still say no. */
  private boolean within(Frame frame, boolean noLow, boolean noHigh, int toLow, int toHigh) {
    if (!noLow && toLow < 0 || !noHigh && toHigh > 0) {
      frame.isNull = false;
      return negated;
    }
    frame.isNull = noLow || noHigh;
    return !frame.isNull && !negated;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand, low, high);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new Between(children, negated, domain, collation, kind);
  }

  @Override
  public String describe() {
    return "("
        + operand.describe()
        + (negated ? " not between " : " between ")
        + low.describe()
        + " and "
        + high.describe()
        + ")";
  }
}
