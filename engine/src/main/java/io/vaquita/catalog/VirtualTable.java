package io.vaquita.catalog;

import java.util.List;

/**
 * A table without storage whose rows are made when it is read: information_schema, performance_schema, sys, vaquita. Immutable; the
 * rows come from the session by {@code schema} and {@code name}.
 */
public record VirtualTable(String schema, String name, List<ColumnDefinition> columns)
    implements Relation {
  public VirtualTable {
    columns = List.copyOf(columns);
  }
}
