package io.vaquita.catalog;

import io.vaquita.value.Collation;
import java.util.ArrayList;
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
 * @param outOfRowTree the tree of values that stand outside of their rows; 0: rows have all of their columns, as those have whose columns
 *     are never long, and those of tables that an earlier version made
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
    long createdMicros,
    int outOfRowTree)
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

  /** The trees of all indexes, the clustered one first, and that of values outside of rows where there is one. */
  public List<Integer> trees() {
    List<Integer> trees = new ArrayList<>();
    indexes.forEach(index -> trees.add(index.tree()));
    if (outOfRowTree != 0) {
      trees.add(outOfRowTree);
    }
    return trees;
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
