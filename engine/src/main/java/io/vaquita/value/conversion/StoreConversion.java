package io.vaquita.value.conversion;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;

/**
 * What an assignment to a column makes of a value: conversion to the column's type with MySQL's errors in strict mode and its
 * warnings otherwise. Immutable, thread-safe; made once per column of a version of a table.
 *
 * <p>The result is what rows hold: integers, YEAR, BIT, ENUM indexes and SET bits as {@link Value.LongValue}; FLOAT and DOUBLE as
 * {@link Value.DoubleValue}; temporals packed, a TIMESTAMP as a {@link Value.TemporalValue} of that kind with microseconds since the
 * epoch; strings in UTF-8 or raw.
 */
public final class StoreConversion {
  private final String column;
  private final DataType type;
  private final boolean nullable;
  private final ColumnConversion conversion;

  public StoreConversion(String column, DataType type, boolean nullable) {
    this("", column, type, nullable);
  }

  /**
   * @param table the table's name, which some errors (3140) put before the column's
   */
  public StoreConversion(String table, String column, DataType type, boolean nullable) {
    this.column = column;
    this.type = type;
    this.nullable = nullable;
    this.conversion = ColumnConversion.of(table, column, type);
  }

  public DataType type() {
    return type;
  }

  public Value convert(Value value, StoreContext context) {
    return switch (value) {
      case Value.NullValue n -> convertNull(context);
      case Value.LongValue v -> conversion.ofLong(v.value(), v.unsigned(), context);
      case Value.DoubleValue v -> conversion.ofDouble(v.value(), context);
      case Value.DecimalValue v -> conversion.ofDecimal(v.value(), context);
      case Value.StringValue v -> conversion.ofString(v.bytes(), v.collation(), context);
      case Value.TemporalValue v -> conversion.ofTemporal(v, context);
      case Value.JsonValue v -> conversion.ofJson(v.binary(), context);
    };
  }

  /** NULL: kept where allowed, otherwise error 1048, or the implicit default with a warning. */
  public Value convertNull(StoreContext context) {
    if (nullable) {
      return Value.NullValue.NULL;
    }
    if (!context.isNullAsDefault()) {
      throw MySqlError.ER_BAD_NULL_ERROR.exception(column);
    }
    context.warn(MySqlError.ER_BAD_NULL_ERROR, column);
    return Values.implicitDefault(type);
  }

  /** For integer columns: the same as {@link #convert} of an integer, without boxing. */
  public long convertLong(long value, boolean unsigned, StoreContext context) {
    if (conversion instanceof IntegerConversion integers) {
      return integers.store(value, unsigned, context);
    }
    throw new IllegalStateException("not an integer column: " + column);
  }

  /** For string columns: the same as {@link #convert} of a string, without boxing; usually returns its argument. */
  public Slice convertBytes(Slice value, Collation collation, StoreContext context) {
    if (conversion instanceof StringConversion strings) {
      return strings.store(value, collation, context);
    }
    throw new IllegalStateException("not a string column: " + column);
  }

  /** Whether {@link #convertLong} may be called: integer columns. */
  public boolean takesLong() {
    return conversion instanceof IntegerConversion;
  }

  /** Whether {@link #convertBytes} may be called: character and byte string columns. */
  public boolean takesBytes() {
    return conversion instanceof StringConversion;
  }

  static boolean isBinary(Collation collation) {
    return collation.equals(Collations.BINARY);
  }
}
