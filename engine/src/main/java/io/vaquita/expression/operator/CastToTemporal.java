package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.PackedTemporal;
import java.util.List;

/** CAST AS DATE, TIME and DATETIME: rounded to its digits. Immutable. */
final class CastToTemporal extends TemporalExpression {
  private final Expression operand;
  private final TypeKind kind;

  CastToTemporal(Expression operand, DataType type, TypeKind kind) {
    super(type, true);
    this.operand = operand;
    this.kind = kind;
  }

  static CastToTemporal of(Expression operand, DataType type) {
    return switch (type.kind()) {
      case DATE -> new CastToTemporal(operand, DataType.DATE, TypeKind.DATE);
      case TIME -> new CastToTemporal(operand, DataType.time(type.decimals()), TypeKind.TIME);
      default -> new CastToTemporal(operand, DataType.datetime(type.decimals()), TypeKind.DATETIME);
    };
  }

  @Override
  protected long evaluatePacked(Frame frame) {
    long v = operand.evaluateTemporal(frame, kind);
    if (frame.isNull || kind == TypeKind.DATE) {
      return v;
    }
    long rounded = Fractions.round(v, kind, type().decimals());
    if (rounded == Days.OVERFLOW
        || kind == TypeKind.DATETIME && rounded > PackedTemporal.DATETIME_MAX) {
      frame.isNull = true;
      return 0;
    }
    return rounded;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new CastToTemporal(children.getFirst(), type(), kind);
  }

  @Override
  public String describe() {
    return "cast("
        + operand.describe()
        + " as "
        + kind.name().toLowerCase(java.util.Locale.ROOT)
        + (type().decimals() == 0 ? ")" : "(" + type().decimals() + "))");
  }
}
