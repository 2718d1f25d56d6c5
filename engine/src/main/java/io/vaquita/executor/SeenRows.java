package io.vaquita.executor;

import io.vaquita.table.TableAccessor;
import io.vaquita.value.Row;

/** Which rows of a table were changed already, by clustered key: a join may give one several times. Confined to the statement. */
final class SeenRows {
  private final TableAccessor table;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Object> keys = new KeyTable<>();

  SeenRows(TableAccessor table) {
    this.table = table;
  }

  /** Whether the row is new. */
  boolean add(Row row) {
    key.set(table.clusteredKey(row));
    if (keys.find(key) >= 0) {
      return false;
    }
    keys.add(key);
    return true;
  }
}
