package io.vaquita.catalog;

import io.vaquita.value.Collation;

/** A schema, also called database. Immutable. */
public record SchemaDefinition(String name, Collation collation) {}
