package io.vaquita.executor;

import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import java.util.Iterator;
import java.util.Map;

/** Where the rows of virtual tables come from; the session implements it. Confined to the statement's thread. */
public interface VirtualTables {
  /**
   * The table's rows as of now, made while they are read.
   *
   * @param equal values that columns (by ordinal) must equal; a help that the source may ignore: conditions are tested again
   */
  Iterator<Row> rows(VirtualTable table, Map<Integer, Value> equal);

  /** No virtual table has a row. */
  VirtualTables NONE = (table, equal) -> java.util.Collections.emptyIterator();
}
