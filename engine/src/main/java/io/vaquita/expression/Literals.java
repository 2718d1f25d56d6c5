package io.vaquita.expression;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes literals, with the types that MySQL gives them. Stateless. */
public final class Literals {
  private static final Expression NULL = new NullExpression(DataType.NULL);

  private Literals() {}

  public static Expression nullLiteral() {
    return NULL;
  }

  /** TRUE and FALSE: a number to the client, a boolean in JSON. */
  public static Expression ofBoolean(boolean value) {
    return new TruthLiteral(value);
  }

  public static Expression of(long value) {
    return of(Value.of(value));
  }

  /** Text with the session's collation. */
  public static Expression ofText(String text, Collation collation) {
    return of(new Value.StringValue(Slice.utf8(text), collation));
  }

  /**
   * {@code X'41'}, {@code 0x41}, {@code B'01'}: a byte string, and a big-endian number where a number is asked for.
   */
  public static Expression ofHex(byte[] bytes) {
    return new HexLiteral(Slice.of(bytes));
  }

  public static Expression of(Value value) {
    return of(value, typeOf(value));
  }

  public static Expression of(Value value, DataType type) {
    return of(value, type, Coercibility.COERCIBLE);
  }

  /** {@code value} must be of {@code type}'s domain; anything else is read by the conversion of its own domain. */
  public static Expression of(Value value, DataType type, int coercibility) {
    return switch (value) {
      case Value.NullValue n -> type.kind() == TypeKind.NULL ? NULL : new NullExpression(type);
      case Value.LongValue v -> new LongLiteral(v.value(), integerType(type, v));
      case Value.DoubleValue v ->
          new DoubleLiteral(
              v.value(), type.domain() == TypeKind.Domain.DOUBLE ? type : typeOf(value));
      case Value.DecimalValue v ->
          new DecimalLiteral(
              shortened(v.value()),
              type.domain() == TypeKind.Domain.DECIMAL ? type : typeOf(value));
      case Value.StringValue v ->
          new StringLiteral(
              v.bytes(),
              type.domain() == TypeKind.Domain.STRING ? type : typeOf(value),
              coercibility);
      case Value.TemporalValue v ->
          new TemporalLiteral(
              v.packed(), type.domain() == TypeKind.Domain.TEMPORAL ? type : typeOf(value));
      case Value.JsonValue v -> new JsonLiteral(v.binary());
    };
  }

  private static DataType integerType(DataType type, Value.LongValue value) {
    return type.domain() == TypeKind.Domain.INTEGER ? type : typeOf(value);
  }

  /** The type of a literal with this value. */
  public static DataType typeOf(Value value) {
    return switch (value) {
      case Value.NullValue n -> DataType.NULL;
      case Value.LongValue v -> typeOfLong(v.value(), v.unsigned());
      case Value.DoubleValue v -> DataType.DOUBLE;
      case Value.DecimalValue v -> typeOfDecimal(v.value());
      case Value.StringValue v -> typeOfString(v.bytes(), v.collation());
      case Value.TemporalValue v ->
          switch (v.kind()) {
            case DATE -> DataType.DATE;
            case TIME -> DataType.time(v.decimals());
            default -> DataType.datetime(v.decimals());
          };
      case Value.JsonValue v -> DataType.JSON;
    };
  }

  private static DataType typeOfLong(long value, boolean unsigned) {
    if (unsigned && value < 0) {
      return DataType.UNSIGNED_BIGINT;
    }
    return NumericTypes.bigint(Long.toString(value).length() - (value < 0 ? 1 : 0), unsigned);
  }

  /** Literals have at most 30 digits after the point. */
  private static BigDecimal shortened(BigDecimal value) {
    return value.scale() > NumericTypes.SCALE_MAX
        ? value.setScale(NumericTypes.SCALE_MAX, RoundingMode.HALF_UP)
        : value;
  }

  private static DataType typeOfDecimal(BigDecimal value) {
    int scale = Math.clamp(value.scale(), 0, NumericTypes.SCALE_MAX);
    int precision = Math.max(value.precision(), scale);
    return DataType.decimal(Math.max(precision, 1), scale, false);
  }

  private static DataType typeOfString(Slice bytes, Collation collation) {
    if (collation.equals(Collations.BINARY)) {
      return DataType.varbinary(bytes.length());
    }
    return DataType.varchar(Utf8.length(bytes), collation);
  }

  /** TRUE or FALSE, which JSON functions tell from 1 and 0. */
  private static final class TruthLiteral extends LongLiteral implements BooleanValued {
    TruthLiteral(boolean value) {
      super(value ? 1 : 0, DataType.BOOLEAN);
    }
  }

  /** An integer. */
  private static class LongLiteral extends LongExpression implements LiteralExpression {
    private final long value;

    LongLiteral(long value, DataType type) {
      super(type, false);
      this.value = value;
    }

    @Override
    public long evaluateLong(Frame frame) {
      frame.isNull = false;
      return value;
    }

    @Override
    public Value value() {
      return new Value.LongValue(value, type().unsigned());
    }

    @Override
    public String describe() {
      return type().unsigned() ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /** A number with an exponent. */
  private static final class DoubleLiteral extends DoubleExpression implements LiteralExpression {
    private final double value;

    DoubleLiteral(double value, DataType type) {
      super(type, false);
      this.value = value;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      frame.isNull = false;
      return value;
    }

    @Override
    public Value value() {
      return new Value.DoubleValue(value);
    }

    @Override
    public String describe() {
      return Conversion.doubleToText(value, type()).toUtf8();
    }
  }

  /** A number with a point. */
  private static final class DecimalLiteral extends DecimalExpression implements LiteralExpression {
    private final BigDecimal value;

    DecimalLiteral(BigDecimal value, DataType type) {
      super(type, false);
      this.value = value;
    }

    @Override
    public BigDecimal evaluateDecimal(Frame frame) {
      frame.isNull = false;
      return value;
    }

    @Override
    public Value value() {
      return new Value.DecimalValue(value);
    }

    @Override
    public String describe() {
      return value.toPlainString();
    }
  }

  /** A string; the number it would be is parsed anew each time, since that may warn. */
  private static final class StringLiteral extends StringExpression implements LiteralExpression {
    private final Slice value;

    StringLiteral(Slice value, DataType type, int coercibility) {
      super(type, false, coercibility);
      this.value = value;
    }

    @Override
    public Slice evaluateBytes(Frame frame) {
      frame.isNull = false;
      return value;
    }

    @Override
    public Value value() {
      return new Value.StringValue(value, type().collation());
    }

    @Override
    public String describe() {
      return quote(value, type().isBinaryString());
    }
  }

  /** A date or time. */
  private static final class TemporalLiteral extends TemporalExpression
      implements LiteralExpression {
    private final long packed;

    TemporalLiteral(long packed, DataType type) {
      super(type, false);
      this.packed = packed;
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      frame.isNull = false;
      return packed;
    }

    @Override
    public Value value() {
      return new Value.TemporalValue(
          type().kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type().kind(),
          packed,
          type().decimals());
    }

    @Override
    public String describe() {
      return (type().kind() == TypeKind.DATE
              ? "DATE'"
              : type().kind() == TypeKind.TIME ? "TIME'" : "TIMESTAMP'")
          + Conversion.temporalToText(
              packed,
              type().kind() == TypeKind.TIMESTAMP ? TypeKind.DATETIME : type().kind(),
              type().decimals())
          + "'";
    }
  }

  /** A JSON document. */
  private static final class JsonLiteral extends JsonExpression implements LiteralExpression {
    private final Slice binary;

    JsonLiteral(Slice binary) {
      super(false);
      this.binary = binary;
    }

    @Override
    public Slice evaluateJson(Frame frame) {
      frame.isNull = false;
      return binary;
    }

    @Override
    public Value value() {
      return new Value.JsonValue(binary);
    }

    @Override
    public String describe() {
      return "json'" + Conversion.jsonToText(binary) + "'";
    }
  }

  /** A hexadecimal or bit literal. */
  private static final class HexLiteral extends StringExpression
      implements LiteralExpression, HexNumber {
    private final Slice bytes;

    HexLiteral(Slice bytes) {
      super(DataType.varbinary(bytes.length()), false, Coercibility.COERCIBLE);
      this.bytes = bytes;
    }

    @Override
    public Slice evaluateBytes(Frame frame) {
      frame.isNull = false;
      return bytes;
    }

    @Override
    public boolean isUnsigned() {
      return true;
    }

    @Override
    public int digits() {
      return Math.min(20, bytes.length() * 5 / 2 + 1);
    }

    /** The last eight bytes, unsigned. */
    @Override
    public long evaluateLong(Frame frame) {
      frame.isNull = false;
      long v = 0;
      for (int i = 0; i < bytes.length(); i++) {
        v = v << 8 | bytes.byteAt(i) & 0xFF;
      }
      return v;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return Conversion.unsignedToDouble(evaluateLong(frame));
    }

    @Override
    public BigDecimal evaluateDecimal(Frame frame) {
      return Conversion.longToDecimal(evaluateLong(frame), true);
    }

    @Override
    public Value value() {
      return new Value.StringValue(bytes, Collations.BINARY);
    }

    @Override
    public String describe() {
      return "0x" + HexFormat.of().formatHex(bytes.toBytes());
    }
  }

  /** NULL, also where it has taken another type. */
  private static final class NullExpression extends Expression implements LiteralExpression {
    NullExpression(DataType type) {
      super(type, true);
    }

    @Override
    public long evaluateLong(Frame frame) {
      frame.isNull = true;
      return 0;
    }

    @Override
    public double evaluateDouble(Frame frame) {
      frame.isNull = true;
      return 0;
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      frame.isNull = true;
      return null;
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      frame.isNull = true;
      return null;
    }

    @Override
    public @Nullable Slice evaluateJson(Frame frame) {
      frame.isNull = true;
      return null;
    }

    @Override
    public boolean evaluateBoolean(Frame frame) {
      frame.isNull = true;
      return false;
    }

    @Override
    public long evaluateTemporal(Frame frame, TypeKind kind) {
      frame.isNull = true;
      return 0;
    }

    @Override
    public Value evaluate(Frame frame) {
      frame.isNull = true;
      return Value.NullValue.NULL;
    }

    @Override
    public int coercibility() {
      return Coercibility.IGNORABLE;
    }

    @Override
    public Value value() {
      return Value.NullValue.NULL;
    }

    @Override
    public String describe() {
      return "NULL";
    }
  }

  /** As EXPLAIN prints string literals. */
  private static String quote(Slice value, boolean binary) {
    if (binary && Utf8.firstMalformed(value) >= 0) {
      return "0x" + HexFormat.of().formatHex(value.toBytes());
    }
    return "'" + value.toUtf8().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
