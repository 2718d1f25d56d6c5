package io.vaquita.introspection;

import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** The virtual schemas and their tables. Immutable. */
public final class VirtualSchemas {
  private VirtualSchemas() {}

  public static Collection<SchemaDefinition> schemas() {
    Collation utf8 = Objects.requireNonNull(Collations.byName("utf8mb3_general_ci"));
    return List.of(
        new SchemaDefinition("information_schema", utf8),
        new SchemaDefinition("performance_schema", utf8));
  }

  public static Collection<VirtualTable> tables() {
    return List.of();
  }
}
