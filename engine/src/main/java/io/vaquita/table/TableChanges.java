package io.vaquita.table;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The tables that one statement writes, foreign keys' cascades included. Confined to the statement's thread. */
public final class TableChanges {
  private final Tables tables;
  private final CatalogSnapshot catalog;
  private final Transaction transaction;
  private final BooleanSupplier checksForeignKeys;
  private final boolean locksGaps;
  private final Map<Long, TableWriter> writers = new HashMap<>();

  /** {@code checksForeignKeys}: the session's foreign_key_checks, asked for only when there are any. */
  public TableChanges(
      Tables tables,
      CatalogSnapshot catalog,
      Transaction transaction,
      BooleanSupplier checksForeignKeys) {
    this.tables = tables;
    this.catalog = catalog;
    this.transaction = transaction;
    this.checksForeignKeys = checksForeignKeys;
    IsolationLevel level = transaction.isolationLevel();
    this.locksGaps =
        level == IsolationLevel.REPEATABLE_READ || level == IsolationLevel.SERIALIZABLE;
  }

  public TableWriter writer(TableDefinition table) {
    TableWriter writer = writers.get(table.id());
    if (writer == null) {
      writer = new TableWriter(this, tables.accessor(table), false);
      writers.put(table.id(), writer);
    }
    return writer;
  }

  /** For trees that nobody else can see yet: a table's new version while ALTER fills it. */
  public TableWriter newTableWriter(TableDefinition table) {
    return new TableWriter(this, tables.unshared(table), true);
  }

  /** For all new trees of a table's next version. */
  public BulkLoad newTable(TableDefinition table) {
    TableAccessor accessor = tables.unshared(table);
    List<TableIndex> indexes = new ArrayList<>();
    for (int i = 0; i < accessor.indexCount(); i++) {
      indexes.add(accessor.index(i));
    }
    return new BulkLoad(transaction, accessor, indexes, true);
  }

  /** For new indexes of a table whose rows stay where they are. */
  public BulkLoad newIndexes(TableDefinition table, List<IndexDefinition> wanted) {
    TableAccessor accessor = tables.unshared(table);
    List<TableIndex> indexes = wanted.stream().map(accessor::index).toList();
    return new BulkLoad(transaction, accessor, indexes, false);
  }

  Transaction transaction() {
    return transaction;
  }

  Tables tables() {
    return tables;
  }

  CatalogSnapshot catalog() {
    return catalog;
  }

  boolean checksForeignKeys() {
    return checksForeignKeys.getAsBoolean();
  }

  boolean locksGaps() {
    return locksGaps;
  }

  @Nullable TableDefinition table(String schema, String name) {
    Relation relation = catalog.relation(schema, name);
    return relation instanceof TableDefinition table ? table : null;
  }
}
