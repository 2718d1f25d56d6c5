package io.vaquita.catalog;

/** A CHECK constraint; {@code sql} in canonical form. Immutable. */
public record CheckDefinition(String name, String sql, boolean enforced) {}
