package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalNumber;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TimeParser;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A constant text that is compared with a TIME column, or a constant number with any column of dates or times. MySQL stores it in the
 * column, so to speak, and compares values of the column; what cannot be stored compares as text or as a number instead. A plan is
 * shared by statements with other constants: each reads its own once, with one warning. Immutable.
 */
public final class ComparedConstant extends TemporalExpression {
  /** As what a constant counts that is no such date or time. */
  enum Otherwise {
    /** As the text or the number that it is; whoever compares asks {@link #isValue} first. */
    ITSELF,
    /** As the zero value, in lists. */
    ZERO,
    /** As NULL, in CASE. */
    NULL
  }

  /** What a bound of an index range is where the constant is no value of the column. */
  public enum Place {
    /** Where all values are above. */
    LOW,
    /** Where all values are below. */
    HIGH,
    /** Nowhere: nothing equals it. */
    NOWHERE
  }

  private final Expression operand;
  private final TypeKind kind;
  private final Expression column;
  private final Otherwise otherwise;

  private ComparedConstant(
      Expression operand, TypeKind kind, Expression column, Otherwise otherwise) {
    super(kind == TypeKind.TIME ? DataType.time(6) : DataType.datetime(6), true);
    this.operand = operand;
    this.kind = kind;
    this.column = column;
    this.otherwise = otherwise;
  }

  /** {@code operand}, a text or a number that is constant in a statement, for a comparison with a column of dates or times. */
  static ComparedConstant of(Expression operand, Expression column, Otherwise otherwise) {
    TypeKind kind = column.type().kind() == TypeKind.TIME ? TypeKind.TIME : TypeKind.DATETIME;
    return new ComparedConstant(operand, kind, column, otherwise);
  }

  /** What a statement has read. Confined to it. */
  private static final class Reading {
    boolean isRead;
    boolean isNull;
    boolean isValue;
    long packed;
  }

  /** Whether it is a date or time; sets {@link Frame#isNull}. */
  boolean isValue(Frame frame) {
    Reading reading = reading(frame);
    frame.isNull = reading.isNull;
    return reading.isValue;
  }

  /** The constant as it was written. */
  Expression operand() {
    return operand;
  }

  boolean isText() {
    return operand.type().domain() == TypeKind.Domain.STRING;
  }

  boolean mayBeItself() {
    return otherwise == Otherwise.ITSELF;
  }

  TypeKind kind() {
    return kind;
  }

  /** The other's value against this one's, which is a date or time. */
  int order(Expression other, Frame frame) {
    long v = other.evaluateTemporal(frame, kind);
    return frame.isNull ? 0 : Long.compare(v, reading(frame).packed);
  }

  /** The other against the number that this is. */
  int orderAsNumber(Expression other, Frame frame) {
    double number = operand.evaluateDouble(frame);
    double v = other.evaluateDouble(frame);
    return frame.isNull ? 0 : Double.compare(v, number);
  }

  /** The other against the text that this is. */
  int orderAsText(Expression other, Collation collation, Frame frame) {
    Slice v = other.evaluateBytes(frame);
    if (v == null) {
      return 0;
    }
    Slice text = operand.evaluateBytes(frame);
    return text == null ? 0 : collation.compare(v, text);
  }

  @Override
  protected long evaluatePacked(Frame frame) {
    Reading reading = reading(frame);
    frame.isNull = reading.isNull || !reading.isValue && otherwise == Otherwise.NULL;
    return reading.packed;
  }

  private Reading reading(Frame frame) {
    Reading reading = frame.statement.state(this, Reading::new);
    if (!reading.isRead) {
      reading.isRead = true;
      read(reading, frame);
    }
    return reading;
  }

  private void read(Reading reading, Frame frame) {
    Slice text = operand.evaluateBytes(frame);
    if (text == null || frame.isNull) {
      reading.isNull = true;
      return;
    }
    TemporalResult result = new TemporalResult();
    int flags = flags(frame);
    if (isText()) {
      TimeParser.parse(text, flags, frame.statement.timeZone(), result);
    } else {
      BigDecimal number = operand.evaluateDecimal(frame);
      readNumber(number == null ? BigDecimal.ZERO : number, flags, result);
    }
    frame.isNull = false;
    accept(reading, result, text.toUtf8(), frame.statement);
  }

  /** Comparing takes any day that can be written, whatever may be stored. */
  private static int flags(Frame frame) {
    return DateFlags.ofSqlMode(frame.statement.sqlMode())
            & ~(DateFlags.NO_ZERO_DATE | DateFlags.NO_ZERO_IN_DATE)
        | DateFlags.INVALID_DATES;
  }

  private void readNumber(BigDecimal number, int flags, TemporalResult result) {
    if (kind == TypeKind.TIME) {
      TemporalNumber.toTime(number, flags, result);
    } else {
      TemporalNumber.toDateTime(number, flags, result);
    }
  }

  private void accept(Reading reading, TemporalResult result, String text, WarningSink warnings) {
    boolean isWhole = !result.isDamaged();
    boolean isBlank = text.isBlank();
    if (otherwise == Otherwise.ITSELF) {
      reading.isValue = isWhole && !isBlank;
      if (!isWhole && result.warnings != 0) {
        warnings.warn(
            WarningSink.Level.WARNING, MySqlError.ER_TRUNCATED_WRONG_VALUE.number(), wrong(text));
      } else if ((result.warnings & TemporalResult.LOST_DATE) != 0) {
        warnings.warn(
            WarningSink.Level.NOTE, MySqlError.ER_TRUNCATED_WRONG_VALUE.number(), wrong(text));
      }
      reading.packed = reading.isValue ? rounded(result.packed) : 0;
      return;
    }
    // lists and CASE take what can be made out of it
    reading.isValue = result.valid && !isBlank;
    reading.packed = reading.isValue ? result.packed : 0;
    if (!isWhole || isBlank) {
      Conversion.truncated(warnings, kindName(), text);
    }
  }

  private String wrong(String text) {
    String name = column instanceof ColumnExpression c ? c.name() : column.describe();
    String last = name.substring(name.lastIndexOf(".`") + 1).replace("`", "");
    return MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD.format(kindName(), text, last, 1);
  }

  private String kindName() {
    TypeKind named = column.type().kind() == TypeKind.TIMESTAMP ? kind : column.type().kind();
    return named.name().toLowerCase(Locale.ROOT);
  }

  /** As the column would hold it. A DATE column does not round: it is compared with the time of day. */
  private long rounded(long packed) {
    return kind == TypeKind.TIME ? Fractions.round(packed, kind, column.type().decimals()) : packed;
  }

  /** The constant as a bound of an index range, or as a point; it keeps all rows that may compare as wanted. */
  public Expression bound(Place place) {
    return new Bound(this, place);
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new ComparedConstant(children.getFirst(), kind, column, otherwise);
  }

  @Override
  public String describe() {
    return operand.describe();
  }

  /** A constant where an index wants a value of its column. Immutable. */
  private static final class Bound extends TemporalExpression {
    private final ComparedConstant constant;
    private final Place place;

    Bound(ComparedConstant constant, Place place) {
      super(constant.type(), true);
      this.constant = constant;
      this.place = place;
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      Reading reading = constant.reading(frame);
      boolean isElsewhere = !reading.isValue && constant.otherwise != Otherwise.ZERO;
      frame.isNull = reading.isNull || isElsewhere && place == Place.NOWHERE;
      if (frame.isNull || !isElsewhere) {
        return reading.packed;
      }
      boolean isTime = constant.kind == TypeKind.TIME;
      if (place == Place.LOW) {
        return isTime ? -PackedTemporal.TIME_MAX : 0;
      }
      return isTime ? PackedTemporal.TIME_MAX : PackedTemporal.DATETIME_MAX;
    }

    @Override
    public List<Expression> children() {
      return List.of(constant);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new Bound((ComparedConstant) children.getFirst(), place);
    }

    @Override
    public String describe() {
      return constant.describe();
    }
  }
}
