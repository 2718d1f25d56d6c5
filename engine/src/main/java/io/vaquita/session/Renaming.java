package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renames of one RENAME TABLE, left to right, each seeing the ones before; foreign keys of other tables follow their parent.
 * Confined to one statement.
 */
final class Renaming {
  private final CatalogSnapshot catalog;
  private final Catalog.Change change;

  /** What the renames so far made of names: a relation, or null for a name that is free now. */
  private final Map<List<String>, @Nullable Relation> now = new HashMap<>();

  Renaming(CatalogSnapshot catalog, Catalog.Change change) {
    this.catalog = catalog;
    this.change = change;
  }

  private @Nullable Relation find(String schema, String name) {
    List<String> key = List.of(schema, name);
    return now.containsKey(key) ? now.get(key) : catalog.relation(schema, name);
  }

  void rename(String fromSchema, String from, String toSchema, String to) {
    Relation relation = find(fromSchema, from);
    if (relation == null) {
      throw MySqlError.ER_NO_SUCH_TABLE.exception(fromSchema, from);
    }
    if (find(toSchema, to) != null) {
      throw MySqlError.ER_TABLE_EXISTS_ERROR.exception(to);
    }
    Relation moved =
        switch (relation) {
          case TableDefinition table -> TableStatements.moved(table, toSchema, to);
          case ViewDefinition view -> moved(view, fromSchema, toSchema, to);
          case VirtualTable v -> throw MySqlError.ER_NO_SUCH_TABLE.exception(fromSchema, from);
        };
    change.remove(fromSchema, from);
    change.put(moved);
    now.put(List.of(fromSchema, from), null);
    now.put(List.of(toSchema, to), moved);
    if (moved instanceof TableDefinition) {
      followParents(fromSchema, from, toSchema, to);
    }
  }

  /** ALTER TABLE … RENAME TO: the table comes back changed under another name. */
  void replace(TableDefinition before, TableDefinition after) {
    change.remove(before.schema(), before.name());
    change.put(after);
    now.put(List.of(before.schema(), before.name()), null);
    now.put(List.of(after.schema(), after.name()), after);
    followParents(before.schema(), before.name(), after.schema(), after.name());
  }

  private static ViewDefinition moved(
      ViewDefinition v, String fromSchema, String toSchema, String to) {
    if (!fromSchema.equals(toSchema)) {
      throw MySqlError.ER_FORBID_SCHEMA_CHANGE.exception(fromSchema, toSchema);
    }
    return new ViewDefinition(
        v.id(),
        v.version() + 1,
        toSchema,
        to,
        v.sql(),
        v.columnNames(),
        v.algorithm(),
        v.definer(),
        v.securityType(),
        v.checkOption(),
        v.characterSetClient(),
        v.collationConnection());
  }

  private void followParents(String fromSchema, String from, String toSchema, String to) {
    for (SchemaDefinition schema : catalog.schemas()) {
      for (Relation relation : catalog.relations(schema.name())) {
        Relation newest = find(relation.schema(), relation.name());
        if (newest instanceof TableDefinition child
            && child.foreignKeys().stream().anyMatch(k -> isParent(k, fromSchema, from))) {
          TableDefinition changed = withParent(child, fromSchema, from, toSchema, to);
          change.put(changed);
          now.put(List.of(changed.schema(), changed.name()), changed);
        }
      }
    }
  }

  private static boolean isParent(ForeignKeyDefinition key, String schema, String name) {
    return key.parentSchema().equals(schema) && key.parentTable().equals(name);
  }

  private static TableDefinition withParent(
      TableDefinition t, String fromSchema, String from, String toSchema, String to) {
    List<ForeignKeyDefinition> keys =
        t.foreignKeys().stream()
            .map(
                k ->
                    isParent(k, fromSchema, from)
                        ? new ForeignKeyDefinition(
                            k.name(),
                            k.columns(),
                            toSchema,
                            to,
                            k.parentColumns(),
                            k.onDelete(),
                            k.onUpdate())
                        : k)
            .toList();
    return new TableDefinition(
        t.id(),
        t.version() + 1,
        t.schema(),
        t.name(),
        t.columns(),
        t.indexes(),
        keys,
        t.checks(),
        t.collation(),
        t.temporary(),
        t.autoIncrementStart(),
        t.comment(),
        t.createOptions(),
        t.createdMicros(),
        t.outOfRowTree());
  }
}
