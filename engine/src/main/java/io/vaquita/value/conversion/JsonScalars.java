package io.vaquita.value.conversion;

import io.vaquita.error.MySqlError;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.TimeParser;

/** JSON scalars into columns of numbers and temporals; what cannot be converted is error 3156. Stateless. */
final class JsonScalars {
  private JsonScalars() {}

  static Value store(ColumnConversion to, Slice binary, StoreContext context) {
    Value scalar = JsonCast.scalar(binary);
    if (scalar == null || !fits(scalar, to.type, context)) {
      context.complain(
          MySqlError.ER_INVALID_JSON_VALUE_FOR_CAST,
          targetName(to.type),
          "",
          to.column,
          context.row);
      return to.type.kind().isTemporal() ? Value.NullValue.NULL : Values.implicitDefault(to.type);
    }
    return switch (scalar) {
      case Value.LongValue v -> to.ofLong(v.value(), v.unsigned(), context);
      case Value.DoubleValue v -> to.ofDouble(v.value(), context);
      case Value.DecimalValue v -> to.ofDecimal(v.value(), context);
      case Value.StringValue v -> to.ofString(v.bytes(), v.collation(), context);
      case Value.TemporalValue v -> to.ofTemporal(v, context);
      default -> throw new IllegalStateException("scalar expected");
    };
  }

  private static boolean fits(Value scalar, DataType type, StoreContext context) {
    boolean temporal = type.kind().isTemporal();
    return switch (scalar) {
      case Value.StringValue v ->
          temporal ? isTemporal(v.bytes(), type, context) : isNumber(v.bytes(), type, context);
      case Value.TemporalValue v ->
          temporal && (v.kind() == TypeKind.TIME) == (type.kind() == TypeKind.TIME);
      case Value.LongValue v -> !temporal;
      case Value.DoubleValue v -> !temporal;
      case Value.DecimalValue v -> !temporal;
      default -> false;
    };
  }

  private static boolean isNumber(Slice text, DataType type, StoreContext context) {
    if (type.kind().isInteger()) {
      NumberParser.toLongCut(text, true, context.scan);
    } else {
      NumberParser.toDouble(text, context.scan);
    }
    return !context.scan.isTruncated();
  }

  private static boolean isTemporal(Slice text, DataType type, StoreContext context) {
    if (type.kind() == TypeKind.TIME) {
      TimeParser.parse(text, DateFlags.FUZZY, context.timeZone(), context.temporal);
    } else {
      DateTimeParser.parse(text, DateFlags.FUZZY, context.timeZone(), context.temporal);
    }
    return context.temporal.valid;
  }

  private static String targetName(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> "DECIMAL";
      case FLOAT, DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME, TIMESTAMP -> "DATETIME/TIMESTAMP";
      default -> "INTEGER";
    };
  }
}
