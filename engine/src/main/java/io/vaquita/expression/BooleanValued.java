package io.vaquita.expression;

/** An expression that is a truth value: 1 and 0 to SQL, true and false where a JSON value is made of it. */
public interface BooleanValued {}
