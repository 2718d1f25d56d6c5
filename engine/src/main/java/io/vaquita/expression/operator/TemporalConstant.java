package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.ColumnExpression;
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

/**
 * A constant string that is compared with dates, or with times that are no column (for which see {@link ComparedConstant}). Immutable.
 */
final class TemporalConstant extends TemporalExpression {
  private final Expression operand;
  private final TypeKind kind;
  private final TypeKind named;
  private final Role role;

  /** What it is for, which decides what comes of a text that is no date. */
  enum Role {
    /** One of two operands: error 1525. */
    OPERAND,
    /** A bound or a member of a list: before all dates, with a warning. */
    MEMBER,
    /** WHEN of a CASE: equal to nothing, with a warning. */
    WHEN
  }

  private TemporalConstant(Expression operand, TypeKind kind, TypeKind named, Role role) {
    super(type(kind, 6), true);
    this.operand = operand;
    this.kind = kind;
    this.named = named;
    this.role = role;
  }

  private static DataType type(TypeKind kind, int decimals) {
    return switch (kind) {
      case DATE -> DataType.DATE;
      case TIME -> DataType.time(decimals);
      default -> DataType.datetime(decimals);
    };
  }

  /**
   * Gives {@code e} back unless it is constant and has to be read as a date or time. A literal is converted here and now.
   *
   * @param other what it is compared with
   */
  static Expression of(
      Expression e, Expression other, TypeKind kind, Role role, BindSettings settings) {
    boolean isText = e.type().domain() == TypeKind.Domain.STRING;
    if (e instanceof HexNumber || !Expressions.isStatementConstant(e)) {
      return e;
    }
    if (other instanceof ColumnExpression
        && other.type().kind().isTemporal()
        && (isText ? kind == TypeKind.TIME : isNumber(e))) {
      return ComparedConstant.of(
          e,
          other,
          switch (role) {
            case OPERAND -> ComparedConstant.Otherwise.ITSELF;
            case MEMBER -> ComparedConstant.Otherwise.ZERO;
            case WHEN -> ComparedConstant.Otherwise.NULL;
          });
    }
    if (!isText) {
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
    return new TemporalConstant(e, kind, other.type().kind(), role);
  }

  private static boolean isNumber(Expression e) {
    return switch (e.type().domain()) {
      case INTEGER, DECIMAL, DOUBLE -> true;
      case STRING, TEMPORAL, JSON, NULL -> false;
    };
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
    if (frame.isNull && role != Role.WHEN && !Nulls.isNull(operand, frame)) {
      if (role == Role.MEMBER) {
        return 0;
      }
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
    return new TemporalConstant(children.getFirst(), kind, named, role);
  }

  @Override
  public String describe() {
    return operand.describe();
  }
}
