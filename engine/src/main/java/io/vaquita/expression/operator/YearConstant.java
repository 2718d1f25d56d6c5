package io.vaquita.expression.operator;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.HexNumber;
import io.vaquita.expression.LongExpression;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.number.NumberScan;
import java.util.List;

/** Constants that are compared with a YEAR column: 1 to 99 mean years of this century or the last. Stateless. */
final class YearConstant {
  private static final int YEAR_MIN = 1901;
  private static final int YEAR_MAX = 2155;

  private YearConstant() {}

  /** Gives {@code e} back unless it is a constant and {@code other} a YEAR column. */
  static Expression of(Expression e, Expression other) {
    boolean isYear = other instanceof ColumnExpression && other.type().kind() == TypeKind.YEAR;
    if (!isYear || !Expressions.isStatementConstant(e)) {
      return e;
    }
    return switch (e.type().domain()) {
      case INTEGER -> new OfNumber(e);
      case STRING -> e instanceof HexNumber ? e : new OfText(e);
      case DECIMAL, DOUBLE, TEMPORAL, JSON, NULL -> e;
    };
  }

  private static long year(long v) {
    return v <= 0 || v > 99 ? v : v + (v < 70 ? 2000 : 1900);
  }

  /** An integer. Immutable. */
  private static final class OfNumber extends LongExpression {
    private final Expression operand;

    OfNumber(Expression operand) {
      super(operand.type(), operand.isNullable());
      this.operand = operand;
    }

    @Override
    public long evaluateLong(Frame frame) {
      return year(operand.evaluateLong(frame));
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfNumber(children.getFirst());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }

  /** A text: as the column would store it, otherwise the number that it is. Immutable. */
  private static final class OfText extends DoubleExpression {
    private final Expression operand;

    OfText(Expression operand) {
      super(io.vaquita.value.DataType.DOUBLE, operand.isNullable());
      this.operand = operand;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      Slice text = operand.evaluateBytes(frame);
      if (text == null || frame.isNull) {
        return 0;
      }
      NumberScan scan = new NumberScan();
      long v = NumberParser.toLongCut(text, false, scan);
      if (scan.isEmpty || v < 0 || v > YEAR_MAX || v > 99 && v < YEAR_MIN) {
        return Conversion.textToDouble(text, frame);
      }
      // '0' is 2000 as other texts of one or two digits are of this century or the last; '0000' is
      // no year
      return v == 0 ? text.length() == 4 ? 0 : 2000 : year(v);
    }

    @Override
    public List<Expression> children() {
      return List.of(operand);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfText(children.getFirst());
    }

    @Override
    public String describe() {
      return operand.describe();
    }
  }
}
