package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * Where a searched value stands among the values that an index column can hold. Immutable.
 *
 * @param value for EXACT the equal value; for BETWEEN the greatest value below
 */
record KeyValue(Fit fit, Value value) {
  enum Fit {
    /** The column can hold the value. */
    EXACT,
    /** It cannot: the value lies just above {@code value}. */
    BETWEEN,
    BELOW_ALL,
    ABOVE_ALL,
    /** NULL: equal to nothing and beyond every bound. */
    NULL
  }

  private static final KeyValue IS_NULL = new KeyValue(Fit.NULL, Value.NullValue.NULL);
  private static final KeyValue BELOW = new KeyValue(Fit.BELOW_ALL, Value.NullValue.NULL);
  private static final KeyValue ABOVE = new KeyValue(Fit.ABOVE_ALL, Value.NullValue.NULL);
  private static final long TIME_OF_DAY_MASK = (1L << 41) - 1;

  private static KeyValue exact(Value v) {
    return new KeyValue(Fit.EXACT, v);
  }

  private static KeyValue between(Value below) {
    return new KeyValue(Fit.BETWEEN, below);
  }

  static KeyValue of(Expression e, DataType column, Frame frame) {
    return switch (column.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, BIT -> integer(e, column, frame);
      case ENUM, SET -> member(e, column, frame);
      case DECIMAL -> decimal(e, column, frame);
      case FLOAT, DOUBLE -> real(e, column, frame);
      case DATE -> date(e, frame);
      case DATETIME, TIME -> temporal(e, column, frame);
      case TIMESTAMP -> timestamp(e, column, frame);
      case NULL -> IS_NULL;
      case JSON -> {
        Slice v = e.evaluateJson(frame);
        yield v == null || frame.isNull ? IS_NULL : exact(new Value.JsonValue(v));
      }
      default -> {
        Slice v = e.evaluateBytes(frame);
        yield v == null || frame.isNull
            ? IS_NULL
            : exact(new Value.StringValue(v, column.collation()));
      }
    };
  }

  private static KeyValue integer(Expression e, DataType column, Frame frame) {
    if (e.type().domain() == TypeKind.Domain.INTEGER) {
      long v = e.evaluateLong(frame);
      return frame.isNull ? IS_NULL : integer(v, e.type().unsigned(), column);
    }
    BigDecimal v = number(e, frame);
    if (v == null) {
      return IS_NULL;
    }
    BigDecimal floor = v.setScale(0, RoundingMode.FLOOR);
    BigInteger whole = floor.toBigInteger();
    KeyValue fit;
    if (whole.bitLength() < 64) {
      fit = integer(whole.longValue(), false, column);
    } else if (whole.signum() > 0 && whole.bitLength() == 64) {
      fit = integer(whole.longValue(), true, column);
    } else {
      return whole.signum() < 0 ? BELOW : ABOVE;
    }
    return fit.fit == Fit.EXACT && floor.compareTo(v) != 0 ? between(fit.value) : fit;
  }

  private static KeyValue integer(long v, boolean unsigned, DataType column) {
    int bits = bits(column);
    boolean isUnsignedColumn = column.unsigned() || !column.kind().isInteger();
    boolean huge = unsigned && v < 0;
    if (isUnsignedColumn) {
      if (!huge && v < 0) {
        return BELOW;
      }
      if (bits < 64 && (huge || v >= 1L << bits)) {
        return ABOVE;
      }
    } else {
      if (huge || bits < 64 && v >= 1L << bits - 1) {
        return ABOVE;
      }
      if (bits < 64 && v < -(1L << bits - 1)) {
        return BELOW;
      }
    }
    return exact(new Value.LongValue(v, isUnsignedColumn));
  }

  private static int bits(DataType type) {
    return switch (type.kind()) {
      case TINYINT -> 8;
      case SMALLINT, YEAR -> 16;
      case MEDIUMINT -> 24;
      case INT -> 32;
      case BIT -> (int) type.length();
      default -> 64;
    };
  }

  /** As comparisons with numbers see the expression: exactly where it is exact, otherwise by way of a double. */
  private static @org.jspecify.annotations.Nullable BigDecimal number(Expression e, Frame frame) {
    TypeKind.Domain domain = e.type().domain();
    if (domain == TypeKind.Domain.DECIMAL
        || domain == TypeKind.Domain.TEMPORAL
        || domain == TypeKind.Domain.INTEGER) {
      BigDecimal v = e.evaluateDecimal(frame);
      return frame.isNull ? null : v;
    }
    double d = e.evaluateDouble(frame);
    return frame.isNull ? null : new BigDecimal(d);
  }

  private static KeyValue member(Expression e, DataType column, Frame frame) {
    if (e.type().domain() != TypeKind.Domain.STRING) {
      long v = e.evaluateLong(frame);
      return frame.isNull ? IS_NULL : exact(new Value.LongValue(v, true));
    }
    Slice text = e.evaluateBytes(frame);
    if (text == null || frame.isNull) {
      return IS_NULL;
    }
    if (text.length() == 0) {
      return exact(new Value.LongValue(0, true));
    }
    if (column.kind() == TypeKind.ENUM) {
      int at = memberNumber(text, column);
      return at > 0 ? exact(new Value.LongValue(at, true)) : between(new Value.LongValue(0, true));
    }
    long bits = 0;
    for (String label : text.toUtf8().split(",", -1)) {
      int at = memberNumber(Slice.utf8(label), column);
      if (at == 0) {
        return between(new Value.LongValue(0, true));
      }
      bits |= 1L << at - 1;
    }
    return exact(new Value.LongValue(bits, true));
  }

  private static int memberNumber(Slice text, DataType column) {
    List<String> members = column.members();
    for (int i = 0; i < members.size(); i++) {
      if (column.collation().compare(text, Slice.utf8(members.get(i))) == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  private static KeyValue decimal(Expression e, DataType column, Frame frame) {
    BigDecimal v = number(e, frame);
    if (v == null) {
      return IS_NULL;
    }
    BigDecimal floor = v.setScale(column.decimals(), RoundingMode.FLOOR);
    if (floor.precision() > column.length() && floor.signum() != 0) {
      return floor.signum() < 0 ? BELOW : ABOVE;
    }
    if (column.unsigned() && v.signum() < 0) {
      return BELOW;
    }
    Value value = new Value.DecimalValue(floor);
    return floor.compareTo(v) == 0 ? exact(value) : between(value);
  }

  private static KeyValue real(Expression e, DataType column, Frame frame) {
    double v = e.evaluateDouble(frame);
    if (frame.isNull) {
      return IS_NULL;
    }
    if (column.kind() == TypeKind.DOUBLE) {
      return exact(new Value.DoubleValue(v));
    }
    float near = (float) v;
    if (near == v) {
      return exact(new Value.DoubleValue(v));
    }
    if (Float.isInfinite(near)) {
      return near < 0 ? BELOW : ABOVE;
    }
    return between(new Value.DoubleValue(near > v ? Math.nextDown(near) : near));
  }

  private static KeyValue date(Expression e, Frame frame) {
    long v = e.evaluateTemporal(frame, TypeKind.DATETIME);
    if (frame.isNull) {
      return IS_NULL;
    }
    Value day = new Value.TemporalValue(TypeKind.DATE, PackedTemporal.datePart(v), 0);
    return (v & TIME_OF_DAY_MASK) == 0 ? exact(day) : between(day);
  }

  private static KeyValue temporal(Expression e, DataType column, Frame frame) {
    long v = e.evaluateTemporal(frame, column.kind());
    return frame.isNull
        ? IS_NULL
        : exact(new Value.TemporalValue(column.kind(), v, column.decimals()));
  }

  private static KeyValue timestamp(Expression e, DataType column, Frame frame) {
    long v = e.evaluateTemporal(frame, TypeKind.DATETIME);
    if (frame.isNull) {
      return IS_NULL;
    }
    if (v == 0) {
      return exact(new Value.TemporalValue(TypeKind.TIMESTAMP, 0, column.decimals()));
    }
    long micros = TimeZones.toEpochMicros(v, frame.statement.timeZone());
    if (micros == TimeZones.NONE) {
      return PackedTemporal.year(v) < 2000
          ? between(new Value.TemporalValue(TypeKind.TIMESTAMP, 0, column.decimals()))
          : ABOVE;
    }
    return exact(new Value.TemporalValue(TypeKind.TIMESTAMP, micros, column.decimals()));
  }
}
