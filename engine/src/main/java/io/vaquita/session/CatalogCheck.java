package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.store.Snapshot;
import io.vaquita.table.TableCheck;
import io.vaquita.table.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Compares the definitions of a database with its trees, and each index with its table, in one version of the store. Used once. */
final class CatalogCheck {
  private final Consumer<String> progress;
  private final List<String> problems = new ArrayList<>();
  private final Map<Integer, String> owners = new HashMap<>();
  private int tables;
  private int indexes;

  CatalogCheck(Consumer<String> progress) {
    this.progress = progress;
  }

  int tables() {
    return tables;
  }

  /** Secondary ones. */
  int indexes() {
    return indexes;
  }

  List<String> problems(Snapshot snapshot, int treeLimit) {
    Catalog catalog;
    try {
      catalog = new Catalog(snapshot, List.of(), List.of());
    } catch (RuntimeException e) {
      return List.of("the catalog cannot be read: " + e.getMessage());
    }
    Tables accessors = new Tables();
    for (SchemaDefinition schema : catalog.snapshot().schemas()) {
      for (Relation relation : catalog.snapshot().relations(schema.name())) {
        if (relation instanceof TableDefinition table) {
          table(table, accessors, snapshot);
        }
      }
    }
    for (int tree = Catalog.FIRST_USER_TREE; tree < treeLimit; tree++) {
      if (snapshot.entryCount(tree) > 0 && !owners.containsKey(tree)) {
        problems.add("tree " + tree + " has entries and belongs to no table");
      }
    }
    return problems;
  }

  private void table(TableDefinition table, Tables accessors, Snapshot snapshot) {
    String name = table.schema() + "." + table.name();
    tables++;
    indexes += table.indexes().size() - 1;
    for (IndexDefinition index : table.indexes()) {
      own(index.tree(), name + ", index " + index.name());
    }
    if (table.outOfRowTree() != 0) {
      own(table.outOfRowTree(), name + ", values outside of rows");
    }
    progress.accept(
        "comparing the indexes of "
            + name
            + " with "
            + snapshot.entryCount(firstTree(table))
            + " rows");
    try {
      for (String problem :
          new TableCheck(accessors.accessor(table), snapshot, () -> {}).problems()) {
        problems.add(name + ": " + problem);
      }
    } catch (RuntimeException e) {
      // A damaged page, or bytes in it that are no row.
      problems.add(name + ": cannot be read to the end: " + e.getMessage());
    }
  }

  private void own(int tree, String owner) {
    String other = owners.put(tree, owner);
    if (other != null) {
      problems.add("tree " + tree + " belongs to two owners: " + owner + " and " + other);
    }
  }

  private static int firstTree(TableDefinition table) {
    return table.clustered().tree();
  }
}
