package io.vaquita.catalog;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All definitions at one moment. Immutable, thread-safe. Schema and table names are case-sensitive (lower_case_table_names=0). */
public interface CatalogSnapshot {
  /** Changes with every DDL. */
  long version();

  @Nullable SchemaDefinition schema(String name);

  Collection<SchemaDefinition> schemas();

  /** A base table, view or virtual table, or null. Temporary tables are found by the session before it asks here. */
  @Nullable Relation relation(String schema, String name);

  Collection<Relation> relations(String schema);
}
