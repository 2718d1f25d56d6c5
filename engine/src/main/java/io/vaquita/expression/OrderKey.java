package io.vaquita.expression;

/** One key of an ORDER BY inside an aggregate. */
public record OrderKey(Expression expression, boolean descending) {}
