package io.vaquita.table;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which tables refer to which, found once for each version of the catalog. Thread-safe: one immutable map is swapped for another. */
final class ForeignKeyCatalog {
  private volatile Children known = new Children(-1, Map.of());

  /** A foreign key and the table that has it. */
  record Child(TableDefinition table, ForeignKeyDefinition key) {}

  private record Name(String schema, String table) {}

  private record Children(long version, Map<Name, List<Child>> byParent) {}

  /** The foreign keys that refer to a table. */
  List<Child> children(CatalogSnapshot catalog, TableDefinition parent) {
    Children children = known;
    if (children.version != catalog.version()) {
      children = read(catalog);
      known = children;
    }
    return children.byParent.getOrDefault(new Name(parent.schema(), parent.name()), List.of());
  }

  private static Children read(CatalogSnapshot catalog) {
    Map<Name, List<Child>> byParent = new HashMap<>();
    for (SchemaDefinition schema : catalog.schemas()) {
      for (Relation relation : catalog.relations(schema.name())) {
        if (relation instanceof TableDefinition table) {
          for (ForeignKeyDefinition key : table.foreignKeys()) {
            byParent
                .computeIfAbsent(
                    new Name(key.parentSchema(), key.parentTable()), n -> new ArrayList<>())
                .add(new Child(table, key));
          }
        }
      }
    }
    return new Children(catalog.version(), byParent);
  }
}
