package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.HexNumber;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.Nulls;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TimeParser;
import java.util.List;

/** A constant string that is compared with dates or times: no date is error 1525, not a warning for each row. Immutable. */
final class TemporalConstant extends TemporalExpression {
  private final Expression operand;
  private final TypeKind kind;
  private final TypeKind named;

  private TemporalConstant(Expression operand, TypeKind kind, TypeKind named) {
    super(type(kind, 6), true);
    this.operand = operand;
    this.kind = kind;
    this.named = named;
  }

  private static DataType type(TypeKind kind, int decimals) {
    return switch (kind) {
      case DATE -> DataType.DATE;
      case TIME -> DataType.time(decimals);
      default -> DataType.datetime(decimals);
    };
  }

  /**
   * Gives {@code e} back unless it is a constant string. A literal is converted here and now.
   *
   * @param other the type of what it is compared with
   */
  static Expression of(Expression e, DataType other, TypeKind kind, BindSettings settings) {
    if (e.type().domain() != TypeKind.Domain.STRING
        || e instanceof HexNumber
        || !Expressions.isStatementConstant(e)) {
      return e;
    }
    if (e instanceof LiteralExpression l && l.value() instanceof Value.StringValue s) {
      TemporalResult result = parse(s.bytes(), kind, settings);
      if (!result.isDamaged() && (kind == TypeKind.TIME || result.kind != TypeKind.TIME)) {
        return Literals.of(
            new Value.TemporalValue(kind, result.packed, result.decimals),
            type(kind, result.decimals));
      }
    }
    return new TemporalConstant(e, kind, other.kind());
  }

  private static TemporalResult parse(Slice text, TypeKind kind, BindSettings settings) {
    TemporalResult result = new TemporalResult();
    int flags = DateFlags.ofSqlMode(settings.sqlMode());
    if (kind == TypeKind.TIME) {
      TimeParser.parse(text, flags, settings.timeZone(), result);
    } else {
      DateTimeParser.parse(text, flags, settings.timeZone(), result);
    }
    return result;
  }

  @Override
  protected long evaluatePacked(Frame frame) {
    long packed = operand.evaluateTemporal(frame, kind);
    if (frame.isNull && !Nulls.isNull(operand, frame)) {
      Slice text = operand.evaluateBytes(frame);
      throw MySqlError.ER_WRONG_VALUE.exception(named.name(), text == null ? "" : text.toUtf8());
    }
    return packed;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new TemporalConstant(children.getFirst(), kind, named);
  }

  @Override
  public String describe() {
    return operand.describe();
  }
}
