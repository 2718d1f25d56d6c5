package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** {@code [schema.]name}. Immutable. */
public record TableName(@Nullable String schema, String name) {}
