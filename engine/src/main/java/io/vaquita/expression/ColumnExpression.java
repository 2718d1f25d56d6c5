package io.vaquita.expression;

import io.vaquita.value.DataType;

/**
 * A column of the current row of a slot. Its classes, one for each representation in rows, are in {@link Columns}, so that evaluation is
 * a direct read.
 */
public interface ColumnExpression {
  int slot();

  /** The ordinal in the slot's row. */
  int column();

  /** As EXPLAIN and messages show it, such as {@code `s`.`t`.`c`}. */
  String name();

  static Expression of(int slot, int column, DataType type, boolean nullable, String name) {
    return Columns.of(slot, column, type, nullable, name);
  }
}
