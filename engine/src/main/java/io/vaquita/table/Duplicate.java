package io.vaquita.table;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Row;

/**
 * A row that stands in the way of another one. Immutable.
 *
 * @param index the unique index in which both have the same key
 * @param existing the present row
 * @param wanted the row that could not be written
 */
public record Duplicate(TableAccessor table, TableIndex index, Row existing, Row wanted) {
  /** 1062 as MySQL words it. */
  public DatabaseException exception() {
    return new DatabaseException(MySqlError.ER_DUP_ENTRY, message());
  }

  public String message() {
    return message(table, index, KeyText.of(table, index, wanted));
  }

  static String message(TableAccessor table, TableIndex index, String key) {
    return MySqlError.ER_DUP_ENTRY_WITH_KEY_NAME.format(
        key, table.definition().name() + "." + index.definition().name());
  }
}
