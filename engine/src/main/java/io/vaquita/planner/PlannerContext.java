package io.vaquita.planner;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs to know of the session and the catalog. Immutable; together with the statement's text it decides the plan, so
 * everything here but {@code statistics} belongs to a cached plan's key.
 *
 * @param schema the current schema, or null
 * @param parameterTypes by {@code ExpressionSyntax.Parameter#index}: the types of {@code ?} and of digested literals
 */
public record PlannerContext(
    CatalogSnapshot catalog,
    @Nullable String schema,
    TemporaryTables temporaryTables,
    List<DataType> parameterTypes,
    TableStatistics statistics) {
  public PlannerContext {
    parameterTypes = List.copyOf(parameterTypes);
  }
}
