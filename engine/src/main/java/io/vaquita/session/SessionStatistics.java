package io.vaquita.session;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.planner.TableStatistics;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/** The statistics of all tables that a session sees: its temporary ones stand in trees of its own. Confined to the session's thread. */
record SessionStatistics(TableStatistics lasting, TableStatistics temporary)
    implements TableStatistics {
  private TableStatistics of(TableDefinition table) {
    return table.temporary() ? temporary : lasting;
  }

  @Override
  public double rowCount(TableDefinition table) {
    return of(table).rowCount(table);
  }

  @Override
  public double rowsPerKey(TableDefinition table, IndexDefinition index, int parts) {
    return of(table).rowsPerKey(table, index, parts);
  }

  @Override
  public double shareBetween(
      TableDefinition table, IndexDefinition index, @Nullable Value low, @Nullable Value high) {
    return of(table).shareBetween(table, index, low, high);
  }
}
