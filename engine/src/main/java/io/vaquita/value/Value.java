package io.vaquita.value;

import java.math.BigDecimal;

/**
 * A boxed value: parameters, literals, variables, values to be stored. Immutable. Hot paths use the typed methods of expressions
 * and {@link Row} instead.
 */
public sealed interface Value {
  /** NULL of any type. */
  enum NullValue implements Value {
    NULL
  }

  /** An integer; {@code unsigned} tells how to read the 64 bits. BIT, YEAR, ENUM indexes and SET bits travel as this too. */
  record LongValue(long value, boolean unsigned) implements Value {}

  record DoubleValue(double value) implements Value {}

  /** At most 65 digits, scale 0 to 30. */
  record DecimalValue(BigDecimal value) implements Value {}

  /** UTF-8 with a character collation, or raw bytes with {@link Collations#BINARY}. */
  record StringValue(Slice bytes, Collation collation) implements Value {}

  /**
   * @param kind DATE, TIME or DATETIME (TIMESTAMP values are DATETIME in the session's time zone once evaluated)
   * @param packed see {@code value.temporal}
   * @param decimals fractional second digits, 0 to 6
   */
  record TemporalValue(TypeKind kind, long packed, int decimals) implements Value {}

  /** A JSON document in its binary form. */
  record JsonValue(Slice binary) implements Value {}

  static Value of(long value) {
    return new LongValue(value, false);
  }

  static Value ofUnsigned(long value) {
    return new LongValue(value, true);
  }

  static Value of(double value) {
    return new DoubleValue(value);
  }

  static Value of(BigDecimal value) {
    return new DecimalValue(value);
  }

  static Value ofBytes(byte[] bytes) {
    return new StringValue(Slice.of(bytes), Collations.BINARY);
  }

  default boolean isNull() {
    return this instanceof NullValue;
  }
}
