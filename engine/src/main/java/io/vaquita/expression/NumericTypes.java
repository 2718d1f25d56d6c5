package io.vaquita.expression;

import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;

/** Widths and precisions of numeric results, as MySQL derives them. Stateless. */
public final class NumericTypes {
  public static final int PRECISION_MAX = 65;
  public static final int SCALE_MAX = 30;

  /** What an arithmetic operator reads an operand as. */
  public enum Context {
    INTEGER,
    DECIMAL,
    DOUBLE
  }

  private NumericTypes() {}

  public static Context context(Expression e) {
    DataType type = e.type();
    return switch (type.domain()) {
      case INTEGER -> Context.INTEGER;
      case DECIMAL -> Context.DECIMAL;
      case TEMPORAL -> type.decimals() > 0 ? Context.DECIMAL : Context.INTEGER;
      case STRING -> e instanceof HexNumber ? Context.INTEGER : Context.DOUBLE;
      case DOUBLE, JSON, NULL -> Context.DOUBLE;
    };
  }

  /** Whether the number that {@code e} is read as has no sign. */
  public static boolean isUnsigned(Expression e) {
    return e.type().unsigned()
        || e.type().kind() == TypeKind.YEAR
        || e.type().kind() == TypeKind.BIT
        || e instanceof HexNumber h && h.isUnsigned();
  }

  /** Digits in all that a value of the expression has as an exact number. */
  public static int precision(Expression e) {
    DataType type = e.type();
    if (e instanceof HexNumber h) {
      return h.digits();
    }
    int digits =
        switch (type.kind()) {
          case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
              (int) type.length() - (type.unsigned() || type.length() == 1 ? 0 : 1);
          case YEAR -> 4;
          case BIT -> (int) (type.length() * 3 / 10 + 1);
          case DECIMAL -> (int) type.length();
          case DATE -> 8;
          case TIME -> 7 + type.decimals();
          case DATETIME, TIMESTAMP -> 14 + type.decimals();
          default -> (int) Math.min(type.length(), PRECISION_MAX);
        };
    return Math.clamp(digits, 1, PRECISION_MAX);
  }

  public static int scale(Expression e) {
    return switch (e.type().domain()) {
      case DECIMAL, TEMPORAL -> e.type().decimals();
      case DOUBLE -> e.type().decimals();
      case STRING, JSON -> e instanceof HexNumber ? 0 : DataType.NOT_FIXED;
      case INTEGER, NULL -> 0;
    };
  }

  public static DataType bigint(int digits, boolean unsigned) {
    return new DataType(
        TypeKind.BIGINT,
        digits + (unsigned ? 0 : 1),
        0,
        unsigned,
        false,
        Collations.BINARY,
        List.of());
  }

  public static DataType decimal(int precision, int scale, boolean unsigned) {
    int s = Math.min(scale, SCALE_MAX);
    return DataType.decimal(Math.clamp(precision, Math.max(s, 1), PRECISION_MAX), s, unsigned);
  }

  public static DataType floating(int decimals, boolean unsigned) {
    int d = Math.min(decimals, DataType.NOT_FIXED);
    return new DataType(
        TypeKind.DOUBLE,
        d == DataType.NOT_FIXED ? 23 : 17 + d,
        d,
        unsigned,
        false,
        Collations.BINARY,
        List.of());
  }
}
