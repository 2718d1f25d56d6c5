package io.vaquita.session;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The catalog with one more table, or with another version of one. Immutable. */
record CatalogOverlay(CatalogSnapshot beneath, TableDefinition table) implements CatalogSnapshot {
  @Override
  public long version() {
    return beneath.version();
  }

  @Override
  public @Nullable SchemaDefinition schema(String name) {
    return beneath.schema(name);
  }

  @Override
  public Collection<SchemaDefinition> schemas() {
    return beneath.schemas();
  }

  @Override
  public @Nullable Relation relation(String schema, String name) {
    return schema.equals(table.schema()) && name.equals(table.name())
        ? table
        : beneath.relation(schema, name);
  }

  @Override
  public Collection<Relation> relations(String schema) {
    return beneath.relations(schema);
  }
}
