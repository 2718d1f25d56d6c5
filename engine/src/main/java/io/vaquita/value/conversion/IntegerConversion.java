package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD;
import static io.vaquita.error.MySqlError.ER_WARN_DATA_OUT_OF_RANGE;
import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import io.vaquita.value.number.Decimals;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;

/** Into TINYINT to BIGINT: clipped to the range with 1264. Immutable. */
final class IntegerConversion extends ColumnConversion {
  private final boolean unsigned;
  private final long min;
  private final long max;

  IntegerConversion(String column, DataType type) {
    super(column, type);
    unsigned = type.unsigned();
    int bits =
        switch (type.kind()) {
          case TINYINT -> 8;
          case SMALLINT -> 16;
          case MEDIUMINT -> 24;
          case INT -> 32;
          default -> 64;
        };
    min = unsigned ? 0 : -1L << bits - 1;
    max = unsigned ? -1L >>> 64 - bits : ~min;
  }

  long store(long value, boolean valueUnsigned, StoreContext context) {
    if (unsigned) {
      if (value < 0 && !valueUnsigned) {
        return outOfRange(0, context);
      }
      return Long.compareUnsigned(value, max) > 0 ? outOfRange(max, context) : value;
    }
    if (value < 0 && valueUnsigned) {
      return outOfRange(max, context);
    }
    return value < min ? outOfRange(min, context) : value > max ? outOfRange(max, context) : value;
  }

  private long outOfRange(long clipped, StoreContext context) {
    context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
    return clipped;
  }

  private Value box(long value) {
    return new Value.LongValue(value, unsigned);
  }

  @Override
  Value ofLong(long value, boolean valueUnsigned, StoreContext context) {
    return box(store(value, valueUnsigned, context));
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    context.scan.isOverflow = false;
    long converted = Decimals.toLong(value, unsigned, context.scan);
    return box(
        context.scan.isOverflow
            ? outOfRange(clip(converted), context)
            : store(converted, unsigned, context));
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    if (unsigned && value.signum() < 0) {
      return box(outOfRange(0, context));
    }
    context.scan.isOverflow = false;
    long converted = Decimals.toLong(value, unsigned, context.scan);
    return box(
        context.scan.isOverflow
            ? outOfRange(clip(converted), context)
            : store(converted, unsigned, context));
  }

  /** The limit of this type on the side where a clipped 64-bit number stands. */
  private long clip(long converted) {
    return unsigned ? converted == 0 ? 0 : max : converted < 0 ? min : max;
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    long converted = NumberParser.toLongRounded(text, unsigned, context.scan);
    if (context.scan.isEmpty) {
      context.complain(
          ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
          "integer",
          Values.shown(text, collation),
          column,
          context.row);
      return box(0);
    }
    if (context.scan.isOverflow) {
      return box(outOfRange(clip(converted), context));
    }
    long stored = store(converted, unsigned, context);
    if (context.scan.hasRest && stored == converted) {
      context.complain(WARN_DATA_TRUNCATED, column, context.row);
    }
    return box(stored);
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    return ofLong(PackedTemporal.toRoundedNumber(value.packed(), value.kind()), false, context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return JsonScalars.store(this, binary, context);
  }
}
