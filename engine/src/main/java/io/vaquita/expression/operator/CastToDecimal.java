package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.number.Decimals;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CAST AS DECIMAL: rounded, clipped with warning 1264. Immutable. */
final class CastToDecimal extends DecimalExpression {
  private final Expression operand;

  CastToDecimal(Expression operand, DataType type) {
    super(type, operand.isNullable());
    this.operand = operand;
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    BigDecimal v = operand.evaluateDecimal(frame);
    if (v == null) {
      return null;
    }
    int precision = (int) type().length();
    BigDecimal rounded = Decimals.round(v, type().decimals());
    boolean negative = type().unsigned() && rounded.signum() < 0;
    if (negative || Decimals.overflows(rounded, precision, type().decimals())) {
      frame.statement.warn(MySqlError.ER_WARN_DATA_OUT_OF_RANGE, describe(), 1);
      return negative
          ? BigDecimal.valueOf(0, type().decimals())
          : Decimals.greatest(rounded.signum(), precision, type().decimals());
    }
    return rounded;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToDecimal(children.getFirst(), type());
  }

  @Override
  public String describe() {
    return "cast("
        + operand.describe()
        + " as decimal("
        + type().length()
        + ","
        + type().decimals()
        + "))";
  }
}
