package io.vaquita.value.conversion;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.MemberLabels;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.json.JsonOrder;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.Decimals;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.number.NumberText;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalText;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;

/** Boxed values and columns: reading, comparing, printing, without an expression around them. Stateless. */
public final class Values {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Values() {}

  /** A column of a row as it is stored (a TIMESTAMP as microseconds since the epoch, an ENUM as its index). */
  public static Value stored(Row row, int column, DataType type) {
    if (row.isNull(column)) {
      return Value.NullValue.NULL;
    }
    return switch (type.kind()) {
      case NULL -> Value.NullValue.NULL;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          new Value.LongValue(row.getLong(column), type.unsigned());
      case YEAR, BIT, ENUM, SET -> Value.ofUnsigned(row.getLong(column));
      case DECIMAL -> Value.of(row.getDecimal(column));
      case FLOAT, DOUBLE -> Value.of(row.getDouble(column));
      case DATE, TIME, DATETIME, TIMESTAMP ->
          new Value.TemporalValue(type.kind(), row.getLong(column), type.decimals());
      case JSON -> new Value.JsonValue(row.getBytes(column));
      default -> new Value.StringValue(row.getBytes(column), type.collation());
    };
  }

  /** A column as an expression evaluates it: a TIMESTAMP as DATETIME in {@code zone}, ENUM and SET as their labels. */
  public static Value evaluated(Row row, int column, DataType type, ZoneId zone) {
    return evaluated(stored(row, column, type), type, zone);
  }

  /** The same of a stored value. */
  public static Value evaluated(Value stored, DataType type, ZoneId zone) {
    if (stored instanceof Value.LongValue v) {
      return switch (type.kind()) {
        case ENUM ->
            new Value.StringValue(new MemberLabels(type).label(v.value()), type.collation());
        case SET ->
            new Value.StringValue(new MemberLabels(type).setText(v.value()), type.collation());
        default -> stored;
      };
    }
    if (stored instanceof Value.TemporalValue t && t.kind() == TypeKind.TIMESTAMP) {
      long packed = TimeZones.ofTimestamp(t.packed(), zone);
      return new Value.TemporalValue(TypeKind.DATETIME, packed, t.decimals());
    }
    return stored;
  }

  /** What a NOT NULL column without DEFAULT gets where nothing else is to be had: 0, '', the zero date, the first ENUM member. */
  public static Value implicitDefault(DataType type) {
    return switch (type.kind()) {
      case NULL -> Value.NullValue.NULL;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> new Value.LongValue(0, type.unsigned());
      case YEAR, BIT, SET -> Value.ofUnsigned(0);
      case ENUM -> Value.ofUnsigned(1);
      case DECIMAL -> Value.of(BigDecimal.ZERO.setScale(type.decimals()));
      case FLOAT, DOUBLE -> Value.of(0.0);
      case DATE, TIME, DATETIME, TIMESTAMP ->
          new Value.TemporalValue(type.kind(), 0, type.decimals());
      case JSON -> new Value.JsonValue(JsonCast.nullLiteral());
      case BINARY ->
          new Value.StringValue(Slice.of(new byte[(int) type.length()]), Collations.BINARY);
      default -> new Value.StringValue(Slice.EMPTY, type.collation());
    };
  }

  public static double toDouble(long value, boolean unsigned) {
    return unsigned && value < 0 ? (value >>> 1 | value & 1) * 2.0 : value;
  }

  /**
   * Order of two values by MySQL's comparison rules: both strings by the collation, both integers or decimals exactly, both temporals
   * in time, JSON by type, everything else as DOUBLE. NULL is less than everything and equal to itself.
   */
  public static int compare(Value a, Value b, Collation collation) {
    if (a.isNull() || b.isNull()) {
      return a.isNull() ? b.isNull() ? 0 : -1 : 1;
    }
    if (a instanceof Value.StringValue s && b instanceof Value.StringValue t) {
      return collation.compare(s.bytes(), t.bytes());
    }
    if (a instanceof Value.LongValue x && b instanceof Value.LongValue y) {
      return compareLongs(x.value(), x.unsigned(), y.value(), y.unsigned());
    }
    if (a instanceof Value.TemporalValue x && b instanceof Value.TemporalValue y) {
      return Long.compare(x.packed(), y.packed());
    }
    if (a instanceof Value.JsonValue || b instanceof Value.JsonValue) {
      return JsonOrder.compare(JsonCast.ofValue(a), JsonCast.ofValue(b));
    }
    if (isExact(a) && isExact(b)) {
      return toDecimal(a).compareTo(toDecimal(b));
    }
    return Double.compare(toDouble(a), toDouble(b));
  }

  private static boolean isExact(Value v) {
    return v instanceof Value.LongValue || v instanceof Value.DecimalValue;
  }

  /** Integers of any signedness by their mathematical order. */
  public static int compareLongs(long a, boolean aUnsigned, long b, boolean bUnsigned) {
    if (aUnsigned && bUnsigned) {
      return Long.compareUnsigned(a, b);
    }
    if (aUnsigned && a < 0) {
      return 1;
    }
    if (bUnsigned && b < 0) {
      return -1;
    }
    return Long.compare(a, b);
  }

  /** NULL is 0; text by its numeric prefix, without warning. */
  public static double toDouble(Value value) {
    return switch (value) {
      case Value.NullValue n -> 0;
      case Value.LongValue v -> toDouble(v.value(), v.unsigned());
      case Value.DoubleValue v -> v.value();
      case Value.DecimalValue v -> v.value().doubleValue();
      case Value.StringValue v -> NumberParser.toDouble(v.bytes(), new NumberScan());
      case Value.TemporalValue v -> PackedTemporal.toDouble(v.packed(), v.kind());
      case Value.JsonValue v -> jsonToDouble(v);
    };
  }

  private static double jsonToDouble(Value.JsonValue json) {
    Value scalar = JsonCast.scalar(json.binary());
    return scalar == null ? 0 : toDouble(scalar);
  }

  public static BigDecimal toDecimal(Value value) {
    return switch (value) {
      case Value.LongValue v -> Decimals.ofLong(v.value(), v.unsigned());
      case Value.DecimalValue v -> v.value();
      case Value.StringValue v -> NumberParser.toDecimal(v.bytes(), new NumberScan());
      case Value.TemporalValue v -> PackedTemporal.toDecimal(v.packed(), v.kind(), v.decimals());
      default -> Decimals.ofDouble(toDouble(value));
    };
  }

  /** Rounded to 64 bits; unsigned numbers as their bits. Text by its leading digits. */
  public static long toLong(Value value) {
    NumberScan scan = new NumberScan();
    return switch (value) {
      case Value.NullValue n -> 0;
      case Value.LongValue v -> v.value();
      case Value.DoubleValue v -> Decimals.toLong(v.value(), false, scan);
      case Value.DecimalValue v -> Decimals.toLong(v.value(), false, scan);
      case Value.StringValue v -> NumberParser.toLongCut(v.bytes(), true, scan);
      case Value.TemporalValue v -> PackedTemporal.toRoundedNumber(v.packed(), v.kind());
      case Value.JsonValue v -> Decimals.toLong(jsonToDouble(v), false, scan);
    };
  }

  /** The text of a value, as CONCAT or a client sees it. Nothing for NULL. */
  public static void appendText(TextBuffer out, Value value) {
    switch (value) {
      case Value.NullValue n -> {}
      case Value.LongValue v -> {
        if (v.unsigned()) {
          out.appendUnsigned(v.value());
        } else {
          out.appendLong(v.value());
        }
      }
      case Value.DoubleValue v -> NumberText.appendDouble(out, v.value());
      case Value.DecimalValue v -> NumberText.appendDecimal(out, v.value());
      case Value.StringValue v -> out.append(v.bytes());
      case Value.TemporalValue v -> TemporalText.append(out, v.packed(), v.kind(), v.decimals());
      case Value.JsonValue v -> JsonText.append(out, v.binary());
    }
  }

  public static String text(Value value) {
    TextBuffer out = new TextBuffer(32);
    appendText(out, value);
    return out.toSlice().toUtf8();
  }

  /**
   * Appends a column's text without boxing, as a text result row holds it. The column must not be NULL. ENUM and SET need {@code
   * labels}, TIMESTAMP needs {@code zone}.
   */
  public static void appendColumn(
      TextBuffer out, Row row, int column, DataType type, MemberLabels labels, ZoneId zone) {
    switch (type.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          appendInteger(out, row.getLong(column), type);
      case YEAR -> TemporalText.appendDigits(out, (int) row.getLong(column), 4);
      case BIT -> appendBits(out, row.getLong(column), (int) type.length());
      case ENUM -> out.append(labels.label(row.getLong(column)));
      case SET -> labels.appendSet(out, row.getLong(column));
      case DECIMAL -> NumberText.appendDecimal(out, row.getDecimal(column));
      case FLOAT, DOUBLE -> NumberText.append(out, row.getDouble(column), type);
      case DATE, TIME, DATETIME ->
          TemporalText.append(out, row.getLong(column), type.kind(), type.decimals());
      case TIMESTAMP -> {
        long micros = row.getLong(column);
        long packed = TimeZones.ofTimestamp(micros, zone);
        TemporalText.append(out, packed, TypeKind.DATETIME, type.decimals());
      }
      case JSON -> JsonText.append(out, row.getBytes(column));
      default -> out.append(row.getBytes(column));
    }
  }

  /** An integer with its sign, zero-filled where its type is. */
  public static void appendInteger(TextBuffer out, long value, DataType type) {
    if (type.zerofill()) {
      String digits = Long.toUnsignedString(value);
      for (long i = digits.length(); i < type.length(); i++) {
        out.append((byte) '0');
      }
      out.appendAscii(digits);
    } else if (type.unsigned()) {
      out.appendUnsigned(value);
    } else {
      out.appendLong(value);
    }
  }

  /** The bytes of a BIT(n), most significant first. */
  public static void appendBits(TextBuffer out, long value, int bits) {
    for (int i = (bits + 7) / 8 - 1; i >= 0; i--) {
      out.append((byte) (value >>> i * 8));
    }
  }

  /** A value for an error message: text as it is, bytes that are no text as {@code \xNN}. */
  public static String shown(Slice text, Collation collation) {
    return collation.equals(Collations.BINARY) ? escaped(text, false) : basicPlane(text.toUtf8());
  }

  /** Messages are utf8mb3 in MySQL: supplementary characters become '?'. */
  private static String basicPlane(String text) {
    if (text.length() == text.codePointCount(0, text.length())) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(c > 0xffff ? '?' : c));
    return out.toString();
  }

  /** Printable ASCII as it is, other bytes as {@code \xNN}. */
  static String escaped(Slice bytes, boolean more) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      byte b = bytes.byteAt(i);
      if (b >= 32 && b < 127) {
        out.append((char) b);
      } else {
        out.append("\\x").append(HEX.toHexDigits(b).toUpperCase(Locale.ROOT));
      }
    }
    return more ? out.append("...").toString() : out.toString();
  }
}
