package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_WARN_DATA_OUT_OF_RANGE;
import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Into FLOAT and DOUBLE. Immutable. */
final class RealConversion extends ColumnConversion {
  private final double max;
  private final boolean fixed;

  RealConversion(String column, DataType type) {
    super(column, type);
    fixed = type.decimals() < DataType.NOT_FIXED;
    double limit = type.kind() == TypeKind.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    if (fixed) {
      double digits =
          Math.pow(10, type.length() - type.decimals()) - Math.pow(10, -type.decimals());
      limit = Math.min(limit, digits);
    }
    max = limit;
  }

  private Value store(double value, StoreContext context) {
    double v = value;
    if (Double.isNaN(v) || type.unsigned() && v < 0) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(0.0);
    }
    if (fixed && !Double.isInfinite(v)) {
      v = new BigDecimal(v).setScale(type.decimals(), RoundingMode.HALF_EVEN).doubleValue();
    }
    if (v > max || v < -max) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      v = v > 0 ? max : -max;
    }
    return Value.of(type.kind() == TypeKind.FLOAT ? (float) v : v);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    return store(Values.toDouble(value, unsigned), context);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    return store(value, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    return store(value.doubleValue(), context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    double d = NumberParser.toDouble(text, context.scan);
    if (context.scan.isOverflow) {
      d = d > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    } else if (context.scan.isTruncated()) {
      context.complain(WARN_DATA_TRUNCATED, column, context.row);
    }
    return store(d, context);
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    return store(PackedTemporal.toDouble(value.packed(), value.kind()), context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return JsonScalars.store(this, binary, context);
  }
}
