package io.vaquita.executor;

import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running query: its rows, made one by one as they are asked for. Confined to the statement's thread.
 *
 * <p>The getters read the current row, whose values were evaluated once when {@link #next} came to it.
 */
public final class QueryExecution implements AutoCloseable {
  private final QueryPlan plan;
  private final Execution execution;
  private final Operator root;
  private final OutputRow row;
  private long rows;
  private boolean ended;

  private QueryExecution(QueryPlan plan, Execution execution, Operator root) {
    this.plan = plan;
    this.execution = execution;
    this.root = root;
    this.row = new OutputRow(plan.outputs());
  }

  /** Starts a query. {@code parameters}: those of the plan's shape, digested literals included. */
  public static QueryExecution open(QueryPlan plan, Value[] parameters, ExecutionContext context) {
    return open(plan, parameters, context, null);
  }

  /** As {@link #open(QueryPlan, Value[], ExecutionContext)}, every node measured where {@code measures} is given. */
  public static QueryExecution open(
      QueryPlan plan,
      Value[] parameters,
      ExecutionContext context,
      @Nullable PlanMeasures measures) {
    Execution execution =
        new Execution(plan.shape(), StatementKind.QUERY, parameters, context, measures);
    try {
      QueryExecution query =
          new QueryExecution(plan, execution, Operators.build(plan.root(), execution));
      query.root.open();
      return query;
    } catch (RuntimeException e) {
      execution.close();
      throw e;
    }
  }

  /** HANDLER … READ of the one table that the plan reads, in the request's own way. */
  public static QueryExecution handler(
      QueryPlan plan, ExecutionContext context, HandlerRequest request) {
    Execution execution =
        new Execution(plan.shape(), StatementKind.QUERY, new Value[0], context, null);
    QueryExecution query =
        new QueryExecution(plan, execution, new HandlerOperator(execution, table(plan), request));
    query.root.open();
    return query;
  }

  /** The access to the one table that a plan reads. */
  public static PhysicalNode.TableAccess table(QueryPlan plan) {
    PhysicalNode.TableAccess[] found = new PhysicalNode.TableAccess[1];
    PlanWalk.forEachNode(
        plan.root(),
        node -> {
          if (node instanceof PhysicalNode.TableAccess t) {
            found[0] = t;
          }
        });
    return java.util.Objects.requireNonNull(found[0]);
  }

  public List<OutputColumn> outputs() {
    return plan.outputs();
  }

  /** To the next row; false at the end. */
  public boolean next() {
    if (ended) {
      return false;
    }
    if (!root.next()) {
      close();
      return false;
    }
    row.evaluate(execution.frame);
    rows++;
    return true;
  }

  public boolean isNull(int column) {
    return row.isNull(column);
  }

  /** Integers as they are (unsigned ones as their 64 bits), temporals packed, others rounded. */
  public long getLong(int column) {
    return row.getLong(column);
  }

  public double getDouble(int column) {
    return row.getDouble(column);
  }

  public Value getValue(int column) {
    return row.getValue(column);
  }

  /** The value as the text protocol sends it; only when it is not NULL. */
  public void appendText(int column, TextBuffer out) {
    row.appendText(column, out);
  }

  /** Rows given so far. */
  public long rowCount() {
    return rows;
  }

  /** FOUND_ROWS() after the end: with SQL_CALC_FOUND_ROWS the rows that there would be without LIMIT. */
  public long foundRows() {
    return root instanceof LimitOperator limit
            && plan.root() instanceof PhysicalNode.Limit node
            && node.countAll()
        ? limit.rowsRead()
        : rows;
  }

  /** Ends the query, also in the middle. Idempotent. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      root.close();
      execution.close();
    }
  }
}
