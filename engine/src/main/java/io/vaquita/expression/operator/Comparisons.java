package io.vaquita.expression.operator;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.expression.NumericTypes;
import io.vaquita.value.Collation;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes of {@link Comparison}, one for each domain, so that a row's comparison tests no types. All immutable. */
final class Comparisons {
  private Comparisons() {}

  static Comparison ofLongs(ComparisonOperator operator, Expression left, Expression right) {
    boolean leftUnsigned = NumericTypes.isUnsigned(left);
    boolean rightUnsigned = NumericTypes.isUnsigned(right);
    if (leftUnsigned == rightUnsigned) {
      return leftUnsigned
          ? new OfUnsigned(operator, left, right)
          : new OfSigned(operator, left, right);
    }
    return new OfMixedSigns(operator, left, right, leftUnsigned);
  }

  /** {@code kind}: of the values that compare; {@code settings} for a constant that is none and compares as text. */
  static Comparison ofTemporals(
      ComparisonOperator operator,
      Expression left,
      Expression right,
      TypeKind kind,
      BindSettings settings) {
    ComparedConstant constant = constant(left, right);
    if (constant == null) {
      return new OfTemporals(operator, left, right, kind);
    }
    CollationMix mix = CollationMix.of(List.of(constant.operand()), "=", settings);
    return new OfTemporalColumn(operator, left, right, constant, mix.collation());
  }

  /** The operand that has to be asked whether it is a date or time. */
  private static @Nullable ComparedConstant constant(Expression left, Expression right) {
    return right instanceof ComparedConstant r && r.mayBeItself()
        ? r
        : left instanceof ComparedConstant l && l.mayBeItself() ? l : null;
  }

  /** Signed integers. */
  static final class OfSigned extends Comparison {

    OfSigned(ComparisonOperator operator, Expression left, Expression right) {
      super(operator, left, right);
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.INTEGER;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfSigned(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      return frame.isNull ? 0 : Long.compare(a, b);
    }
  }

  /** Unsigned integers. */
  static final class OfUnsigned extends Comparison {

    OfUnsigned(ComparisonOperator operator, Expression left, Expression right) {
      super(operator, left, right);
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.INTEGER;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfUnsigned(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      return frame.isNull ? 0 : Long.compareUnsigned(a, b);
    }
  }

  /** A signed integer with an unsigned one. */
  static final class OfMixedSigns extends Comparison {
    private final boolean leftUnsigned;

    OfMixedSigns(
        ComparisonOperator operator, Expression left, Expression right, boolean leftUnsigned) {
      super(operator, left, right);
      this.leftUnsigned = leftUnsigned;
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.INTEGER;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return ofLongs(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      long a = left.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      long b = right.evaluateLong(frame);
      if (frame.isNull) {
        return 0;
      }
      if (leftUnsigned) {
        return a < 0 ? 1 : b < 0 ? 1 : Long.compare(a, b);
      }
      return b < 0 ? -1 : a < 0 ? -1 : Long.compare(a, b);
    }
  }

  /** Doubles; -0 equals 0. */
  static final class OfDoubles extends Comparison {

    OfDoubles(ComparisonOperator operator, Expression left, Expression right) {
      super(operator, left, right);
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.DOUBLE;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfDoubles(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      double a = left.evaluateDouble(frame);
      if (frame.isNull) {
        return 0;
      }
      double b = right.evaluateDouble(frame);
      return frame.isNull ? 0 : a < b ? -1 : a > b ? 1 : 0;
    }
  }

  /** Decimals. */
  static final class OfDecimals extends Comparison {

    OfDecimals(ComparisonOperator operator, Expression left, Expression right) {
      super(operator, left, right);
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.DECIMAL;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfDecimals(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      BigDecimal a = left.evaluateDecimal(frame);
      if (a == null) {
        return 0;
      }
      BigDecimal b = right.evaluateDecimal(frame);
      return b == null ? 0 : a.compareTo(b);
    }
  }

  /** Strings by a collation. */
  static final class OfStrings extends Comparison {
    private final Collation collation;

    OfStrings(ComparisonOperator operator, Expression left, Expression right, Collation collation) {
      super(operator, left, right);
      this.collation = collation;
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.STRING;
    }

    @Override
    public Collation collation() {
      return collation;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfStrings(newOperator, newLeft, newRight, collation);
    }

    @Override
    public int compare(Frame frame) {
      Slice a = left.evaluateBytes(frame);
      if (a == null) {
        return 0;
      }
      Slice b = right.evaluateBytes(frame);
      return b == null ? 0 : collation.compare(a, b);
    }
  }

  /** Dates and times as packed values of one kind. */
  static final class OfTemporals extends Comparison {
    private final TypeKind kind;

    OfTemporals(ComparisonOperator operator, Expression left, Expression right, TypeKind kind) {
      super(operator, left, right);
      this.kind = kind;
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.TEMPORAL;
    }

    TypeKind kind() {
      return kind;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfTemporals(newOperator, newLeft, newRight, kind);
    }

    @Override
    public int compare(Frame frame) {
      long a = moment(left, frame);
      if (frame.isNull) {
        return 0;
      }
      long b = moment(right, frame);
      return frame.isNull ? 0 : Long.compare(a, b);
    }

    /** A string that is no date is before all dates: a warning, and not NULL. */
    private long moment(Expression e, Frame frame) {
      long v = e.evaluateTemporal(frame, kind);
      if (frame.isNull
          && kind != TypeKind.TIME
          && e.type().domain() == TypeKind.Domain.STRING
          && !Nulls.isNull(e, frame)) {
        frame.isNull = false;
        return 0;
      }
      return v;
    }
  }

  /** A column of dates or times with a constant, which compares as text or as a number where it is neither. */
  static final class OfTemporalColumn extends Comparison {
    private final ComparedConstant constant;
    private final Collation textCollation;

    OfTemporalColumn(
        ComparisonOperator operator,
        Expression left,
        Expression right,
        ComparedConstant constant,
        Collation textCollation) {
      super(operator, left, right);
      this.constant = constant;
      this.textCollation = textCollation;
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.TEMPORAL;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      ComparedConstant newConstant = Comparisons.constant(newLeft, newRight);
      return newConstant == null
          ? new OfTemporals(newOperator, newLeft, newRight, constant.kind())
          : new OfTemporalColumn(newOperator, newLeft, newRight, newConstant, textCollation);
    }

    @Override
    public int compare(Frame frame) {
      boolean isValue = constant.isValue(frame);
      if (frame.isNull) {
        return 0;
      }
      boolean isConstantLeft = left instanceof ComparedConstant;
      Expression column = isConstantLeft ? right : left;
      int c =
          isValue
              ? constant.order(column, frame)
              : constant.isText()
                  ? constant.orderAsText(column, textCollation, frame)
                  : constant.orderAsNumber(column, frame);
      return isConstantLeft ? -c : c;
    }
  }

  /** JSON documents. */
  static final class OfJson extends Comparison {

    OfJson(ComparisonOperator operator, Expression left, Expression right) {
      super(operator, left, right);
    }

    @Override
    public TypeKind.Domain domain() {
      return TypeKind.Domain.JSON;
    }

    @Override
    protected Comparison with(
        ComparisonOperator newOperator, Expression newLeft, Expression newRight) {
      return new OfJson(newOperator, newLeft, newRight);
    }

    @Override
    public int compare(Frame frame) {
      Slice a = left.evaluateJson(frame);
      if (a == null) {
        return 0;
      }
      Slice b = right.evaluateJson(frame);
      return b == null ? 0 : Conversion.compareJson(a, b);
    }
  }
}
