package io.vaquita.table;

import io.vaquita.value.Row;

/** The condition that a scan tests before a row counts as found. Confined to the statement's thread. */
@FunctionalInterface
public interface RowFilter {
  RowFilter ALL = row -> true;

  boolean accepts(Row row);
}
