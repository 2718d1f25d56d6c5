package io.vaquita.expression;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonBinary;
import io.vaquita.value.json.JsonBuilder;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.json.JsonOrder;
import io.vaquita.value.json.JsonParseException;
import io.vaquita.value.json.JsonParser;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.Decimals;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.number.NumberText;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalNumber;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TemporalText;
import io.vaquita.value.temporal.TimeParser;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The conversions between the domains of expressions, with MySQL's warnings: the seam to the {@code value} packages, which know the
 * rules. Where the result may be NULL {@link Frame#isNull} is set. Stateless.
 */
public final class Conversion {
  private static final double TWO_TO_64 = 0x1p64;

  private static final int TEXT_CAPACITY = 24;

  private Conversion() {}

  // ---- integers

  public static double unsignedToDouble(long v) {
    return v >= 0 ? v : v + TWO_TO_64;
  }

  public static BigDecimal longToDecimal(long v, boolean unsigned) {
    return unsigned && v < 0
        ? new BigDecimal(new BigInteger(Long.toUnsignedString(v)))
        : BigDecimal.valueOf(v);
  }

  public static Slice longToText(long v, DataType type) {
    TextBuffer out = new TextBuffer(TEXT_CAPACITY);
    if (type.zerofill()) {
      String digits = Long.toUnsignedString(v);
      for (long n = type.length() - digits.length(); n > 0; n--) {
        out.append((byte) '0');
      }
      out.appendAscii(digits);
    } else if (type.unsigned()) {
      out.appendUnsigned(v);
    } else {
      out.appendLong(v);
    }
    return out.toSlice();
  }

  public static long longToTemporal(long v, DataType type, TypeKind kind, Frame frame) {
    TemporalResult result = frame.temporal;
    if (kind == TypeKind.TIME) {
      TemporalNumber.toTime(v, 0, flags(frame), result);
    } else if (v < 0 && !type.unsigned()) {
      TemporalNumber.toDateTime(Long.MAX_VALUE, 0, flags(frame), result);
    } else {
      TemporalNumber.toDateTime(v, 0, flags(frame), result);
    }
    return accept(
        result, kind, frame, type.unsigned() ? Long.toUnsignedString(v) : Long.toString(v));
  }

  public static Slice yearToText(long year) {
    TextBuffer out = new TextBuffer(4);
    TemporalText.appendDigits(out, (int) year, 4);
    return out.toSlice();
  }

  /** The bits of a BIT(width) as big-endian bytes. */
  public static Slice bitsToBytes(long bits, long width) {
    byte[] bytes = new byte[(int) ((width + 7) / 8)];
    long rest = bits;
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest >>>= 8;
    }
    return Slice.of(bytes);
  }

  // ---- doubles

  public static long doubleToLong(double v, boolean unsigned, Frame frame) {
    if (v >= -0x1p62 && v <= 0x1p62) {
      return (long) Math.rint(v);
    }
    NumberScan scan = frame.scan;
    scan.isOverflow = false;
    return Decimals.toLong(v, unsigned, scan);
  }

  public static BigDecimal doubleToDecimal(double v) {
    return Decimals.ofDouble(v);
  }

  public static Slice doubleToText(double v, DataType type) {
    TextBuffer out = new TextBuffer(TEXT_CAPACITY);
    NumberText.append(out, v, type);
    return out.toSlice();
  }

  public static long doubleToTemporal(double v, TypeKind kind, Frame frame) {
    return decimalToTemporal(Decimals.ofDouble(v), kind, frame);
  }

  // ---- decimals

  public static long decimalToLong(BigDecimal v, boolean unsigned, Frame frame) {
    NumberScan scan = frame.scan;
    scan.isOverflow = false;
    long result = Decimals.toLong(v, unsigned && v.signum() >= 0, scan);
    if (scan.isOverflow) {
      truncated(frame, "DECIMAL", v.toPlainString());
    }
    return result;
  }

  public static Slice decimalToText(BigDecimal v, DataType type) {
    TextBuffer out = new TextBuffer(TEXT_CAPACITY);
    if (type.zerofill()) {
      long missing = type.length() + (type.decimals() > 0 ? 1 : 0) - v.toPlainString().length();
      for (; missing > 0; missing--) {
        out.append((byte) '0');
      }
    }
    NumberText.appendDecimal(out, v);
    return out.toSlice();
  }

  public static long decimalToTemporal(BigDecimal v, TypeKind kind, Frame frame) {
    TemporalResult result = frame.temporal;
    if (kind == TypeKind.TIME) {
      TemporalNumber.toTime(v, flags(frame), result);
    } else {
      TemporalNumber.toDateTime(v, flags(frame), result);
    }
    return accept(result, kind, frame, v.toPlainString());
  }

  // ---- text

  public static long textToLong(Slice v, Frame frame) {
    NumberScan scan = frame.scan;
    long result = NumberParser.toLongCut(v, false, scan);
    if (scan.isOverflow) {
      // MySQL reads the digits as unsigned and takes the bits.
      result = NumberParser.toLongCut(v, v.length() == 0 || v.byteAt(0) != '-', scan);
    }
    if (scan.isTruncated() || scan.isOverflow) {
      truncated(frame, "INTEGER", v.toUtf8());
    }
    return result;
  }

  /** Whether the last number read out of text was cut or clipped. */
  public static boolean wasTruncated(Frame frame) {
    return frame.scan.isTruncated() || frame.scan.isOverflow;
  }

  public static double textToDouble(Slice v, Frame frame) {
    NumberScan scan = frame.scan;
    double result = NumberParser.toDouble(v, scan);
    if (scan.hasRest || scan.isOverflow || scan.isEmpty && !isBlank(v)) {
      truncated(frame, "DOUBLE", v.toUtf8());
    }
    return result;
  }

  /** Whether the last text that was read as a number had no digit. */
  public static boolean wasNoNumber(Frame frame) {
    return frame.scan.isEmpty;
  }

  private static boolean isBlank(Slice v) {
    for (int i = 0; i < v.length(); i++) {
      if (v.byteAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  public static BigDecimal textToDecimal(Slice v, Frame frame) {
    NumberScan scan = frame.scan;
    BigDecimal result = NumberParser.toDecimal(v, scan);
    if (scan.isTruncated() || scan.isOverflow) {
      truncated(frame, "DECIMAL", v.toUtf8());
    }
    return result;
  }

  public static long textToTemporal(Slice v, TypeKind kind, Frame frame) {
    return textToTemporal(v, kind, flags(frame), frame);
  }

  /** {@code dateFlags}: bits of {@link DateFlags}. */
  public static long textToTemporal(Slice v, TypeKind kind, int dateFlags, Frame frame) {
    TemporalResult result = frame.temporal;
    if (kind == TypeKind.TIME) {
      TimeParser.parse(v, dateFlags, frame.statement.timeZone(), result);
    } else {
      DateTimeParser.parse(v, dateFlags, frame.statement.timeZone(), result);
    }
    return acceptText(result, kind, frame, v);
  }

  /** What the last conversion to a date or time found: how many fractional digits, whether it was a DATE or more. */
  public static TemporalResult lastTemporal(Frame frame) {
    return frame.temporal;
  }

  // ---- temporal values

  public static long temporalToTemporal(long v, TypeKind from, TypeKind to, Frame frame) {
    long today = from == TypeKind.TIME && to != TypeKind.TIME ? currentDate(frame) : 0;
    return PackedTemporal.convert(v, from, to, today);
  }

  /** The packed day of NOW(). */
  public static long currentDate(Frame frame) {
    return PackedTemporal.datePart(now(frame));
  }

  /** NOW(6) as a packed DATETIME in the session's time zone. */
  public static long now(Frame frame) {
    StatementContext statement = frame.statement;
    return TimeZones.toDateTime(statement.statementMicros(), statement.timeZone());
  }

  public static long temporalToLong(long v, TypeKind kind) {
    return PackedTemporal.toRoundedNumber(v, kind);
  }

  public static double temporalToDouble(long v, TypeKind kind) {
    return PackedTemporal.toDouble(v, kind);
  }

  public static BigDecimal temporalToDecimal(long v, TypeKind kind, int decimals) {
    return PackedTemporal.toDecimal(v, kind, decimals);
  }

  public static Slice temporalToText(long v, TypeKind kind, int decimals) {
    return TemporalText.text(v, kind, decimals);
  }

  // ---- ENUM and SET

  /** The labels' bytes by index; 0 is the empty label of a wrong value. */
  public static Slice[] labels(List<String> members) {
    Slice[] labels = new Slice[members.size() + 1];
    labels[0] = Slice.EMPTY;
    for (int i = 0; i < members.size(); i++) {
      labels[i + 1] = Slice.utf8(members.get(i));
    }
    return labels;
  }

  public static Slice setToText(long bits, List<String> members) {
    TextBuffer out = new TextBuffer(TEXT_CAPACITY);
    for (int i = 0; i < members.size(); i++) {
      if ((bits >>> i & 1) != 0) {
        if (out.length() > 0) {
          out.append((byte) ',');
        }
        out.append(Slice.utf8(members.get(i)));
      }
    }
    return out.toSlice();
  }

  // ---- what the conversions share

  /** Warning 1292, in the form for numbers and strings. */
  public static void truncated(WarningSink warnings, String kind, String text) {
    warnings.warn(MySqlError.ER_TRUNCATED_WRONG_VALUE, kind, text);
  }

  private static void truncated(Frame frame, String kind, String text) {
    truncated(frame.statement, kind, text);
  }

  public static int flags(Frame frame) {
    return DateFlags.ofSqlMode(frame.statement.sqlMode());
  }

  private static long acceptText(TemporalResult result, TypeKind kind, Frame frame, Slice text) {
    if (result.isDamaged()) {
      warn(kind, frame, text.toUtf8(), kind == TypeKind.DATETIME && !result.valid);
    }
    return fit(result, kind, frame);
  }

  private static long accept(TemporalResult result, TypeKind kind, Frame frame, String text) {
    if (result.isDamaged()) {
      warn(kind, frame, text, kind != TypeKind.TIME);
    }
    return fit(result, kind, frame);
  }

  /** Number 1292 with one of two texts: the value is wrong, or a part of it was. */
  private static void warn(TypeKind kind, Frame frame, String text, boolean wrong) {
    if (wrong) {
      frame.statement.warn(
          WarningSink.Level.WARNING,
          MySqlError.ER_TRUNCATED_WRONG_VALUE.number(),
          MySqlError.ER_WRONG_VALUE.format("datetime", text));
    } else {
      truncated(frame, kind.name().toLowerCase(Locale.ROOT), text);
    }
  }

  private static long fit(TemporalResult result, TypeKind kind, Frame frame) {
    if (!result.valid) {
      frame.isNull = true;
      return 0;
    }
    return switch (kind) {
      case DATE -> PackedTemporal.datePart(result.packed);
      case TIME ->
          result.kind == TypeKind.TIME ? result.packed : PackedTemporal.timePart(result.packed);
      default ->
          result.kind == TypeKind.TIME
              ? temporalToTemporal(result.packed, TypeKind.TIME, TypeKind.DATETIME, frame)
              : result.packed;
    };
  }

  // ---- JSON

  public static Slice longToJson(long v, boolean unsigned) {
    return unsigned ? JsonBuilder.ofUnsigned(v) : JsonBuilder.ofLong(v);
  }

  public static Slice doubleToJson(double v) {
    return JsonBuilder.ofDouble(v);
  }

  public static Slice decimalToJson(BigDecimal v) {
    return JsonBuilder.ofDecimal(v);
  }

  /** Text is parsed (3141 when it is no JSON), bytes become an opaque value. */
  public static Slice textToJson(Slice v, DataType type, String function, int argument) {
    if (type.isBinaryString()) {
      return JsonBuilder.ofOpaque(JsonCast.FIELD_TYPE_VARCHAR, v);
    }
    try {
      return JsonParser.parse(v);
    } catch (JsonParseException e) {
      throw MySqlError.ER_INVALID_JSON_TEXT_IN_PARAM.exception(
          argument, function, e.reason(), e.position(), "");
    }
  }

  /** A string that is not parsed: a JSON string, or an opaque value of bytes. */
  public static Slice textToJsonScalar(Slice v, DataType type) {
    return type.isBinaryString()
        ? JsonBuilder.ofOpaque(JsonCast.FIELD_TYPE_VARCHAR, v)
        : JsonBuilder.ofString(v);
  }

  public static Slice temporalToJson(long v, TypeKind kind) {
    return JsonBuilder.ofTemporal(kind == TypeKind.TIMESTAMP ? TypeKind.DATETIME : kind, v, 6);
  }

  public static Slice jsonToText(Slice v) {
    return JsonText.text(v);
  }

  public static int compareJson(Slice a, Slice b) {
    return JsonOrder.compare(a, b);
  }

  public static long jsonToLong(Slice v, Frame frame) {
    Value scalar = jsonScalar(v, "INTEGER", frame);
    return scalar == null ? 0 : Values.toLong(scalar, frame);
  }

  public static double jsonToDouble(Slice v, Frame frame) {
    Value scalar = jsonScalar(v, "DOUBLE", frame);
    return scalar == null ? 0 : Values.toDouble(scalar, frame);
  }

  public static BigDecimal jsonToDecimal(Slice v, Frame frame) {
    Value scalar = jsonScalar(v, "DECIMAL", frame);
    BigDecimal d = scalar == null ? null : Values.toDecimal(scalar, frame);
    return d == null ? BigDecimal.ZERO : d;
  }

  public static long jsonToTemporal(Slice v, TypeKind kind, Frame frame) {
    Value scalar = JsonCast.scalar(v);
    if (scalar instanceof Value.TemporalValue || scalar instanceof Value.StringValue) {
      return Values.toTemporal(scalar, kind, frame);
    }
    jsonScalar(JsonBuilder.array(List.of()), kind.name(), frame);
    frame.isNull = true;
    return 0;
  }

  /** JSON null is false; arrays and objects are true. */
  public static boolean jsonToBoolean(Slice v, Frame frame) {
    return switch (JsonBinary.type(v)) {
      case JsonBinary.NULL -> true;
      case JsonBinary.FALSE -> false;
      case JsonBinary.TRUE, JsonBinary.ARRAY, JsonBinary.OBJECT -> true;
      case JsonBinary.STRING -> true;
      default -> jsonToDouble(v, frame) != 0;
    };
  }

  /** The SQL value of a scalar; null with warning 3156 for what has none. JSON null becomes 0, as MySQL's conversion does. */
  private static @Nullable Value jsonScalar(Slice v, String target, Frame frame) {
    Value scalar = JsonCast.scalar(v);
    frame.isNull = false;
    if (scalar == null || scalar.isNull()) {
      frame.statement.warn(MySqlError.ER_INVALID_JSON_VALUE_FOR_CAST, target, "", "", 1);
      return null;
    }
    return scalar;
  }
}
