package io.vaquita.catalog;

import io.vaquita.value.Collation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A base table. Immutable; every DDL makes a new one with a higher {@code version}.
 *
 * @param id never used again, also not after DROP
 * @param version changes with every DDL on the table: plans are cached by it
 * @param indexes the clustered index first
 * @param autoIncrementStart AUTO_INCREMENT=n of CREATE or ALTER, 0 when not given
 * @param createdMicros wall clock of the creation
 */
public record TableDefinition(
    long id,
    long version,
    String schema,
    String name,
    List<ColumnDefinition> columns,
    List<IndexDefinition> indexes,
    List<ForeignKeyDefinition> foreignKeys,
    List<CheckDefinition> checks,
    Collation collation,
    boolean temporary,
    long autoIncrementStart,
    String comment,
    String createOptions,
    long createdMicros)
    implements Relation {

  public TableDefinition {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  public IndexDefinition clustered() {
    return indexes.getFirst();
  }

  public boolean hasHiddenRowId() {
    return clustered().parts().isEmpty();
  }

  /** Column names are case-insensitive. */
  public @Nullable ColumnDefinition column(String columnName) {
    String wanted = columnName.toLowerCase(Locale.ROOT);
    for (ColumnDefinition c : columns) {
      if (c.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return c;
      }
    }
    return null;
  }

  public @Nullable IndexDefinition index(String indexName) {
    for (IndexDefinition i : indexes) {
      if (i.name().equalsIgnoreCase(indexName)) {
        return i;
      }
    }
    return null;
  }
}
