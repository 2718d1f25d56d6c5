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

/** Into DECIMAL: rounded to the scale (with a note), clipped to the precision with 1264. Immutable. */
final class DecimalConversion extends ColumnConversion {
  private final int precision;
  private final int scale;

  DecimalConversion(String column, DataType type) {
    super(column, type);
    precision = (int) type.length();
    scale = type.decimals();
  }

  private Value store(BigDecimal value, StoreContext context) {
    if (type.unsigned() && value.signum() < 0) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(BigDecimal.ZERO.setScale(scale));
    }
    BigDecimal rounded = Decimals.round(value, scale);
    if (Decimals.overflows(rounded, precision, scale)) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(Decimals.greatest(value.signum(), precision, scale));
    }
    if (value.scale() > scale && rounded.compareTo(value) != 0) {
      context.note(WARN_DATA_TRUNCATED, column, context.row);
    }
    return Value.of(rounded);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    return store(Decimals.ofLong(value, unsigned), context);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(Decimals.greatest(value < 0 ? -1 : 1, precision, scale));
    }
    return store(Decimals.ofDouble(value), context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    return store(value, context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    BigDecimal d = NumberParser.toDecimal(text, context.scan);
    if (context.scan.isEmpty) {
      context.complain(
          ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
          "decimal",
          Values.shown(text, collation),
          column,
          context.row);
      return Value.of(BigDecimal.ZERO.setScale(scale));
    }
    boolean overflow = context.scan.isOverflow;
    if (context.scan.hasRest || overflow && context.isStrict()) {
      complainRest(text, collation, context);
    }
    if (overflow) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(Decimals.greatest(d.signum(), precision, scale));
    }
    return store(d, context);
  }

  /** Strict mode: 1366. Otherwise only a note that data were cut. */
  private void complainRest(Slice text, Collation collation, StoreContext context) {
    if (context.isStrict()) {
      throw ER_TRUNCATED_WRONG_VALUE_FOR_FIELD.exception(
          "decimal", Values.shown(text, collation), column, context.row);
    }
    context.note(WARN_DATA_TRUNCATED, column, context.row);
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    return store(PackedTemporal.toDecimal(value.packed(), value.kind(), value.decimals()), context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return JsonScalars.store(this, binary, context);
  }
}
