package io.vaquita.planner.physical;

import io.vaquita.expression.Expression;

/**
 * A column of a result set: its expression and what clients see of it. Immutable. Schema, table and original names are empty where
 * the expression is no plain column.
 *
 * @param flags of a base column, as on the wire (NOT_NULL, PRI_KEY, AUTO_INCREMENT, …); see the connection-lifecycle fact sheet
 */
public record OutputColumn(
    Expression expression,
    String name,
    String originalName,
    String table,
    String originalTable,
    String schema,
    int flags) {}
