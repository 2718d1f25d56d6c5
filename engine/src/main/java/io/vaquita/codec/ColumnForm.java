package io.vaquita.codec;

import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;

/** How many bytes a column's value takes in rows and keys, and how they are read. Stateless. */
final class ColumnForm {
  /** Width of columns whose bytes are of variable length. */
  static final int VARIABLE = 0;

  /** Widest DECIMAL whose unscaled value fits a long. */
  static final int LONG_DECIMAL_PRECISION_MAX = 18;

  static final int DATE_SHIFT = 41;

  private ColumnForm() {}

  /** Bytes in the fixed area of a row, or {@link #VARIABLE}. */
  static int width(DataType type) {
    return switch (type.kind()) {
      case NULL -> 1;
      case TINYINT -> 1;
      case SMALLINT, YEAR, ENUM -> 2;
      case MEDIUMINT, DATE -> 3;
      case INT, FLOAT -> 4;
      case BIGINT, DOUBLE, TIME, DATETIME, TIMESTAMP -> 8;
      case BIT -> (int) Math.max(1, (type.length() + 7) / 8);
      case SET -> setWidth(type.members().size());
      case DECIMAL -> decimalWidth((int) type.length());
      default -> VARIABLE;
    };
  }

  private static int setWidth(int members) {
    int bytes = Math.max(1, (members + 7) / 8);
    return bytes > 4 ? 8 : bytes;
  }

  /** Bytes of the two's complement of any number with so many digits. */
  static int decimalWidth(int precision) {
    return precision <= LONG_DECIMAL_PRECISION_MAX ? 8 : (int) (precision * 3.3219281 + 2) / 8 + 1;
  }

  static boolean isSigned(DataType type) {
    return type.kind().isInteger() && !type.unsigned()
        || type.kind() == TypeKind.TIME
        || type.kind() == TypeKind.TIMESTAMP;
  }

  static boolean isLongDecimal(DataType type) {
    return type.kind() == TypeKind.DECIMAL && type.length() <= LONG_DECIMAL_PRECISION_MAX;
  }
}
