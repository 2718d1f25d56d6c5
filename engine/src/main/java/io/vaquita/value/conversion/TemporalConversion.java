package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_DATETIME_FUNCTION_OVERFLOW;
import static io.vaquita.error.MySqlError.ER_WARN_DATA_OUT_OF_RANGE;
import static io.vaquita.error.MySqlError.ER_WARN_DEPRECATED_DATETIME_DELIMITER;
import static io.vaquita.error.MySqlError.ER_WARN_DEPRECATED_SUPERFLUOUS_DELIMITER;
import static io.vaquita.error.MySqlError.ER_WARN_INVALID_TIMESTAMP;
import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.number.Decimals;
import io.vaquita.value.number.NumberText;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.Days;
import io.vaquita.value.temporal.Fractions;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalNumber;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TemporalText;
import io.vaquita.value.temporal.TimeParser;
import io.vaquita.value.temporal.TimeZones;
import java.math.BigDecimal;

/** Into DATE, TIME, DATETIME and TIMESTAMP: rounded to the column's fraction, zero dates by {@code sql_mode}. Immutable. */
final class TemporalConversion extends ColumnConversion {
  private final TypeKind kind;

  TemporalConversion(String column, DataType type) {
    super(column, type);
    kind = type.kind();
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    TemporalResult result = context.temporal;
    boolean beyond = unsigned && value < 0;
    long number = beyond ? kind == TypeKind.TIME ? Long.MAX_VALUE : -1 : value;
    if (kind == TypeKind.TIME) {
      TemporalNumber.toTime(number, 0, flags(context), result);
    } else {
      TemporalNumber.toDateTime(number, 0, flags(context), result);
    }
    return finish(new Value.LongValue(value, unsigned), result, context);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    BigDecimal d =
        Double.isFinite(value) ? Decimals.ofDouble(value) : BigDecimal.valueOf(Long.MAX_VALUE);
    number(d, context);
    return finish(Value.of(value), context.temporal, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    number(value, context);
    return finish(Value.of(value), context.temporal, context);
  }

  private void number(BigDecimal value, StoreContext context) {
    if (kind == TypeKind.TIME) {
      TemporalNumber.toTime(value, flags(context), context.temporal);
    } else {
      TemporalNumber.toDateTime(value, flags(context), context.temporal);
    }
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    TemporalResult result = context.temporal;
    if (kind == TypeKind.TIME) {
      TimeParser.parse(text, flags(context), context.timeZone(), result);
    } else {
      DateTimeParser.parse(text, flags(context), context.timeZone(), result);
    }
    return finish(new Value.StringValue(text, collation), result, context);
  }

  private static int flags(StoreContext context) {
    return context.dateFlags();
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    TypeKind to = kind == TypeKind.TIME ? TypeKind.TIME : TypeKind.DATETIME;
    long packed = PackedTemporal.convert(value.packed(), value.kind(), to, context.currentDate());
    if (packed == Days.OVERFLOW) {
      return bad(value, ER_WARN_DATA_OUT_OF_RANGE, context);
    }
    if (kind != TypeKind.TIME && !DateFlags.accepts(packed, flags(context))) {
      return bad(value, ER_WARN_DATA_OUT_OF_RANGE, context);
    }
    return round(packed, value, true, context);
  }

  private TypeKind baseKind() {
    return kind == TypeKind.TIMESTAMP ? TypeKind.DATETIME : kind;
  }

  private Value finish(Value source, TemporalResult result, StoreContext context) {
    warnDelimiter(source, result, context);
    if (!result.valid && result.warnings == 0) {
      return temporal(0);
    }
    if (!result.valid) {
      boolean range = (result.warnings & ~TemporalResult.TRUNCATED) != 0;
      incorrect(source, range ? ER_WARN_DATA_OUT_OF_RANGE : WARN_DATA_TRUNCATED, context);
      return temporal(result.packed);
    }
    if ((result.warnings & TemporalResult.TRUNCATED) != 0) {
      incorrect(source, WARN_DATA_TRUNCATED, context);
    }
    if ((result.warnings & TemporalResult.OUT_OF_RANGE) != 0) {
      incorrect(source, ER_WARN_DATA_OUT_OF_RANGE, context);
    }
    long packed = result.packed;
    boolean complained =
        (result.warnings & (TemporalResult.TRUNCATED | TemporalResult.OUT_OF_RANGE)) != 0;
    if (!complained && (result.warnings & TemporalResult.LOST_DATE) != 0) {
      truncatedNote(source, context);
    }
    return round(packed, source, !complained, context);
  }

  private static void warnDelimiter(Value source, TemporalResult result, StoreContext context) {
    if (result.oddDelimiterPosition < 0) {
      return;
    }
    if (result.standardDelimiter == 0) {
      context.warn(
          ER_WARN_DEPRECATED_SUPERFLUOUS_DELIMITER,
          result.oddDelimiter,
          result.oddDelimiterPosition,
          text(source),
          context.row);
    } else {
      context.warn(
          ER_WARN_DEPRECATED_DATETIME_DELIMITER,
          result.oddDelimiter,
          result.oddDelimiterPosition,
          text(source),
          context.row,
          result.standardDelimiter);
    }
  }

  private Value round(long packed, Value source, boolean noteTime, StoreContext context) {
    boolean cut = (context.dateFlags() & DateFlags.TRUNCATE_FRACTION) != 0;
    long rounded =
        cut
            ? Fractions.truncate(packed, type.decimals())
            : Fractions.round(
                packed, kind == TypeKind.DATE ? TypeKind.DATETIME : baseKind(), type.decimals());
    if (rounded == Days.OVERFLOW) {
      context.complain(ER_DATETIME_FUNCTION_OVERFLOW, "datetime");
      return bad(source, ER_WARN_DATA_OUT_OF_RANGE, context);
    }
    if (kind == TypeKind.DATE) {
      if (noteTime && PackedTemporal.timePart(rounded) != 0) {
        truncatedNote(source, context);
      }
      return temporal(PackedTemporal.datePart(rounded));
    }
    return kind == TypeKind.TIMESTAMP ? timestamp(rounded, source, context) : temporal(rounded);
  }

  private Value timestamp(long packed, Value source, StoreContext context) {
    if (packed == 0) {
      return temporal(0);
    }
    long micros = TimeZones.toEpochMicros(packed, context.timeZone());
    if (micros == TimeZones.NONE || micros < 1_000_000 || micros > TimeZones.TIMESTAMP_MAX_MICROS) {
      return bad(source, ER_WARN_DATA_OUT_OF_RANGE, context);
    }
    if (TimeZones.isInGap(packed, context.timeZone())) {
      if (context.isStrict()) {
        return bad(source, ER_WARN_INVALID_TIMESTAMP, context);
      }
      context.warn(ER_WARN_INVALID_TIMESTAMP, column, context.row);
    }
    return temporal(micros);
  }

  private Value temporal(long packed) {
    return new Value.TemporalValue(kind, packed, type.decimals());
  }

  private Value bad(Value source, MySqlError mild, StoreContext context) {
    incorrect(source, mild, context);
    return temporal(0);
  }

  /** Strict: 1292 with the value; otherwise the milder warning about the column. */
  private void incorrect(Value source, MySqlError mild, StoreContext context) {
    if (context.isStrict()) {
      throw new io.vaquita.error.DatabaseException(
          1292, "22007", incorrectMessage(source, context), null);
    }
    context.warn(mild, column, context.row);
  }

  private void truncatedNote(Value source, StoreContext context) {
    if (context.isStrict()) {
      context.note(1292, incorrectMessage(source, context));
    } else {
      context.note(WARN_DATA_TRUNCATED, column, context.row);
    }
  }

  private String incorrectMessage(Value source, StoreContext context) {
    String typeName =
        switch (kind) {
          case DATE -> "date";
          case TIME -> "time";
          default -> "datetime";
        };
    return MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD.format(
        typeName, text(source), column, context.row);
  }

  private static String text(Value source) {
    TextBuffer out = new TextBuffer(32);
    switch (source) {
      case Value.DoubleValue d -> NumberText.appendDouble(out, d.value());
      case Value.StringValue s -> {
        return Values.shown(s.bytes(), s.collation());
      }
      case Value.TemporalValue t ->
          TemporalText.append(
              out,
              t.kind() == TypeKind.TIME ? t.packed() : Fractions.round(t.packed(), t.kind(), 0),
              t.kind(),
              0);
      default -> Values.appendText(out, source);
    }
    return out.toSlice().toUtf8();
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return JsonScalars.store(this, binary, context);
  }
}
