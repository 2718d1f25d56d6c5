package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.MemberLabels;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.NumberParser;
import java.math.BigDecimal;

/** Into ENUM and SET: labels by the column's collation, numbers as index or bits; anything else is 1265. Immutable. */
final class MemberConversion extends ColumnConversion {
  private final MemberLabels labels;
  private final boolean set;

  MemberConversion(String column, DataType type) {
    super(column, type);
    labels = new MemberLabels(type);
    set = type.kind() == TypeKind.SET;
  }

  private Value truncated(long value, StoreContext context) {
    context.complain(WARN_DATA_TRUNCATED, column, context.row);
    return Value.of(value);
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    if (set) {
      return (value & ~labels.mask()) != 0
          ? truncated(value & labels.mask(), context)
          : Value.of(value);
    }
    return value < 1 || value > labels.count() ? truncated(0, context) : Value.of(value);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    return ofLong((long) value, false, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    return ofLong((long) value.doubleValue(), false, context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    if (set) {
      long[] known = new long[1];
      if (labels.bitsOf(text, known) != null) {
        return Value.of(known[0]);
      }
      long number = number(text, context);
      return number >= 0 && (number & ~labels.mask()) == 0
          ? Value.of(number)
          : truncated(known[0], context);
    }
    int index = labels.indexOf(text);
    if (index > 0) {
      return Value.of(index);
    }
    long number = number(text, context);
    return number >= 0 && number <= labels.count() ? Value.of(number) : truncated(0, context);
  }

  /** Text that is wholly a number is an index too; -1 for other text. */
  private static long number(Slice text, StoreContext context) {
    long number = NumberParser.toLongCut(text, true, context.scan);
    return context.scan.isTruncated() || context.scan.isOverflow ? -1 : number;
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    TextBuffer out = new TextBuffer(28);
    Values.appendText(out, value);
    return ofString(out.toSlice(), Collations.UTF8MB4_0900_AI_CI, context);
  }

  @Override
  Value ofJson(Slice binary, StoreContext context) {
    return ofString(JsonText.text(binary), Collations.UTF8MB4_BIN, context);
  }
}
