package io.vaquita.expression;

import io.vaquita.value.Value;

/** A constant. Its classes are in {@link Literals}. */
public interface LiteralExpression {
  Value value();
}
