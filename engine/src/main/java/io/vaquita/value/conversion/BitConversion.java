package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_DATA_TOO_LONG;
import static io.vaquita.error.MySqlError.ER_WARN_DATA_OUT_OF_RANGE;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.Decimals;
import java.math.BigDecimal;

/** Into BIT(n): numbers by value, strings byte by byte. Immutable. */
final class BitConversion extends ColumnConversion {
  private final long mask;

  BitConversion(String column, DataType type) {
    super(column, type);
    mask = type.length() >= 64 ? -1L : (1L << type.length()) - 1;
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    if ((value & ~mask) != 0) {
      return tooLong(context);
    }
    return Value.ofUnsigned(value);
  }

  private Value tooLong(StoreContext context) {
    context.complain(
        context.isStrict() ? ER_DATA_TOO_LONG : ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
    return Value.ofUnsigned(mask);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    return ofLong((long) value, false, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    if (value.signum() < 0) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.ofUnsigned(0);
    }
    context.scan.isOverflow = false;
    long converted = Decimals.toLong(value, true, context.scan);
    if (context.scan.isOverflow) {
      context.complain(ER_WARN_DATA_OUT_OF_RANGE, column, context.row);
      return Value.ofUnsigned(mask);
    }
    return ofLong(converted, true, context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    int from = 0;
    while (from < text.length() && text.byteAt(from) == 0) {
      from++;
    }
    long value = 0;
    boolean tooLong = text.length() - from > 8;
    for (int i = from; i < text.length() && !tooLong; i++) {
      value = value << 8 | text.byteAt(i) & 0xff;
    }
    if (tooLong || (value & ~mask) != 0) {
      return tooLong(context);
    }
    return Value.ofUnsigned(value);
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    TextBuffer out = new TextBuffer(28);
    Values.appendText(out, value);
    return ofString(out.toSlice(), Collations.UTF8MB4_BIN, context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return ofString(JsonText.text(binary), Collations.UTF8MB4_BIN, context);
  }
}
