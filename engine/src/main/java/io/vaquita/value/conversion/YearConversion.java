package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD;
import static io.vaquita.error.MySqlError.ER_WARN_DATA_OUT_OF_RANGE;
import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.Decimals;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;

/** Into YEAR: 0, 1901 to 2155; 1 to 69 are 2001 to 2069, 70 to 99 are 1970 to 1999. Immutable. */
final class YearConversion extends ColumnConversion {
  YearConversion(String column, DataType type) {
    super(column, type);
  }

  private Value store(long value, boolean fromText, boolean fourDigits, StoreContext context) {
    long year = value;
    if (year < 0 || year > 2155 || year > 99 && year < 1901) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.of(0);
    }
    if (year == 0 && fromText && !fourDigits) {
      year = 2000;
    } else if (year > 0 && year < 100) {
      year += year < 70 ? 2000 : 1900;
    }
    return Value.of(year);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    return store(value, false, false, context);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    return store(value < 0 || value >= 2156 ? -1 : (long) value, false, false, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    if (value.signum() < 0) {
      return store(-1, false, false, context);
    }
    context.scan.isOverflow = false;
    return store(Decimals.toLong(value, false, context.scan), false, false, context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    long value = NumberParser.toLongRounded(text, false, context.scan);
    if (context.scan.isEmpty) {
      context.complain(
          ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
          "integer",
          Values.shown(text, collation),
          column,
          context.row);
      return Value.of(0);
    }
    boolean rest =
        context.scan.hasRest && value >= 0 && value <= 2155 && (value < 100 || value > 1900);
    Value stored = store(value, true, text.length() == 4, context);
    if (rest) {
      context.complain(WARN_DATA_TRUNCATED, column, context.row);
    }
    return stored;
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    long year =
        value.kind() == TypeKind.TIME
            ? PackedTemporal.year(context.currentDate())
            : PackedTemporal.year(value.packed());
    return store(year, false, true, context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return ofString(JsonText.text(binary), Collations.UTF8MB4_BIN, context);
  }
}
