package io.vaquita.expression;

import io.vaquita.value.DataType;

/**
 * A column of the current row of a slot. Its classes, one for each representation in rows, are in {@link Columns}, so that evaluation is
 * a direct read.
 */
public interface ColumnExpression {
  /**
   * Where a column is, and what it is called.
   *
   * @param column the ordinal in the slot's row
   * @param name as EXPLAIN and messages show it, such as {@code `s`.`t`.`c`}
   */
  record Place(int slot, int column, String name) {}

  /** For those who plan; evaluation reads slot and ordinal out of fields of its own. */
  Place place();

  default int slot() {
    return place().slot();
  }

  default int column() {
    return place().column();
  }

  default String name() {
    return place().name();
  }

  static Expression of(int slot, int column, DataType type, boolean nullable, String name) {
    return Columns.of(slot, column, type, nullable, name);
  }
}
