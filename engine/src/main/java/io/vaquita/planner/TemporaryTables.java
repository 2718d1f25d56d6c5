package io.vaquita.planner;

import io.vaquita.catalog.TableDefinition;
import org.jspecify.annotations.Nullable;

/** The session's temporary tables, which hide base tables of the same name. Confined to the session. */
public interface TemporaryTables {
  TemporaryTables NONE = (schema, name) -> null;

  @Nullable TableDefinition find(String schema, String name);
}
