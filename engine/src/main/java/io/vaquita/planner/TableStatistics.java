package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.value.Value;
import org.jspecify.annotations.Nullable;

/** What the planner is told about the amount of rows; estimates only. Implementations are thread-safe and must not wait. */
public interface TableStatistics {
  /** Without knowledge: guesses. */
  TableStatistics UNKNOWN = new TableStatistics() {};

  /** Rows of the table. */
  default double rowCount(TableDefinition table) {
    return 1000;
  }

  /** The average number of rows that share the values of the first {@code parts} parts of an index; negative when unknown. */
  default double rowsPerKey(TableDefinition table, IndexDefinition index, int parts) {
    return -1;
  }

  /**
   * The share of the table's rows (0 to 1) whose first index part lies between two constants; negative when unknown.
   *
   * @param low null: from the beginning
   * @param high null: to the end
   */
  default double shareBetween(
      TableDefinition table, IndexDefinition index, @Nullable Value low, @Nullable Value high) {
    return -1;
  }
}
