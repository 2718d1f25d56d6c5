package io.vaquita.expression;

/** What all expressions that run a subquery have in common: which of {@link Frame#subqueries} it is. */
public interface SubqueryExpression {
  int index();
}
