package io.vaquita.expression;

import io.vaquita.value.Row;
import io.vaquita.value.Value;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.temporal.TemporalResult;

/**
 * The state of one running statement that expressions read: the current row of every table reference, the parameters, the
 * statement's context. Confined to the thread that runs the statement.
 *
 * <p>Every table reference, derived table, aggregation result and so on of a whole statement, its subqueries included, has a
 * <b>slot</b> of its own, so that a correlated subquery reads the outer row where the outer query left it. Plans are shared between
 * sessions and immutable; everything that changes while a statement runs is here or in the operators.
 */
public final class Frame {
  /** Set by every {@code evaluate…} call of {@link Expression}: whether its result is NULL. Read it before the next call. */
  public boolean isNull;

  /** The current row by slot; {@link NullRow} for the inner side of an outer join without a match. */
  public final Row[] rows;

  /** The literals of a digested text statement, or the parameters of a prepared one. */
  public final Value[] parameters;

  /** The statement's subqueries that are run while expressions are evaluated, by {@link SubqueryExpression#index}. */
  public final Subquery[] subqueries;

  public final StatementContext statement;

  /** Scratch of conversions between domains; nothing keeps it between two calls. */
  final NumberScan scan = new NumberScan();

  /** Scratch of conversions to dates and times, as {@link #scan}. */
  final TemporalResult temporal = new TemporalResult();

  public Frame(int slots, Value[] parameters, int subqueryCount, StatementContext statement) {
    this.rows = new Row[slots];
    java.util.Arrays.fill(this.rows, NullRow.INSTANCE);
    this.parameters = parameters;
    this.subqueries = new Subquery[subqueryCount];
    this.statement = statement;
  }
}
