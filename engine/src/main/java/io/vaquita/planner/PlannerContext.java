package io.vaquita.planner;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.StatementContext;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs to know of the session and the catalog. Immutable; together with the statement's text it decides the plan, so
 * {@code catalog}, {@code settings} and {@code parameterTypes} belong to a cached plan's key.
 *
 * @param settings also gives the current schema
 * @param statement for the evaluation of constants while planning
 * @param parameterTypes by {@code ExpressionSyntax.Parameter#index}: the types of {@code ?} and of digested literals
 * @param warnsOfHints what optimizer hints name and is not there is to be warned of
 */
public record PlannerContext(
    CatalogSnapshot catalog,
    BindSettings settings,
    StatementContext statement,
    TemporaryTables temporaryTables,
    List<DataType> parameterTypes,
    VariableTypes variables,
    TableStatistics statistics,
    boolean warnsOfHints) {
  public PlannerContext {
    parameterTypes = List.copyOf(parameterTypes);
  }

  /** The same with other settings. */
  public PlannerContext withSettings(BindSettings other) {
    return new PlannerContext(
        catalog,
        other,
        statement,
        temporaryTables,
        parameterTypes,
        variables,
        statistics,
        warnsOfHints);
  }

  /** The current schema, or null. */
  public @Nullable String schema() {
    return settings.schema();
  }
}
