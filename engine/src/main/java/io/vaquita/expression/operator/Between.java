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
  private final boolean hasConstant;

  /** {@code kind} counts for TEMPORAL only, {@code collation} for STRING, and for TEMPORAL where a bound is no TIME. */
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
    this.hasConstant = low instanceof ComparedConstant || high instanceof ComparedConstant;
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
    if (hasConstant) {
      int toLow = order(v, low, high, frame);
      boolean noLow = frame.isNull;
      int toHigh = order(v, high, low, frame);
      return within(frame, noLow, frame.isNull, toLow, toHigh);
    }
    long a = low.evaluateTemporal(frame, kind);
    boolean noLow = frame.isNull;
    long b = high.evaluateTemporal(frame, kind);
    return within(frame, noLow, frame.isNull, Long.compare(v, a), Long.compare(v, b));
  }

  /**
   * A column of dates or times against one of its bounds. A number that is no date compares as a number. A text that is no TIME
   * compares as text, unless the other bound is one: then MySQL compares packed values and takes the text's integer for one.
   */
  private int order(long v, Expression bound, Expression other, Frame frame) {
    boolean isOtherTime = other instanceof ComparedConstant c && c.isValue(frame) && !frame.isNull;
    if (!(bound instanceof ComparedConstant constant)) {
      return bound.type().domain() == Domain.STRING
          ? orderText(v, bound, isOtherTime, frame)
          : Long.compare(v, bound.evaluateTemporal(frame, kind));
    }
    boolean isValue = constant.isValue(frame);
    if (frame.isNull) {
      return 0;
    }
    if (isValue) {
      return constant.order(operand, frame);
    }
    return constant.isText()
        ? orderText(v, constant.operand(), isOtherTime, frame)
        : constant.orderAsNumber(operand, frame);
  }

  private int orderText(long v, Expression bound, boolean asInteger, Frame frame) {
    if (asInteger) {
      return Long.compare(v, bound.evaluateLong(frame));
    }
    Slice text = bound.evaluateBytes(frame);
    Slice own = text == null ? null : operand.evaluateBytes(frame);
    return text == null || own == null ? 0 : collation.compare(own, text);
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
