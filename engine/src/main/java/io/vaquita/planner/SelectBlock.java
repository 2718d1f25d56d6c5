package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.WindowFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query block, bound. Immutable.
 *
 * @param number of the block in the statement, from 1
 * @param from null: SELECT without FROM
 * @param where split at AND
 * @param aggregation null where nothing is grouped
 * @param windows in the order in which they are computed
 * @param straight STRAIGHT_JOIN: tables are joined in the order of the text
 */
record SelectBlock(
    int number,
    @Nullable JoinTree from,
    List<Expression> where,
    @Nullable Grouping aggregation,
    List<Expression> having,
    List<WindowStep> windows,
    boolean distinct,
    List<OutputColumn> outputs,
    List<SortKey> orderBy,
    @Nullable LimitClause limit,
    boolean straight,
    boolean countsAllRows,
    BlockHints hints)
    implements BoundQuery {

  /** GROUP BY and aggregates, whose results stand in {@code slot}: group values, rollup bits, aggregates. */
  record Grouping(int slot, List<Expression> groupBy, List<AggregateCall> calls, boolean rollup) {}

  /** Window functions over one partitioning and order; results in {@code slot}. */
  record WindowStep(
      int slot,
      List<Expression> partitionBy,
      List<SortKey> orderBy,
      List<WindowFunction> functions) {}

  record WindowFunction(AggregateCall call, WindowFrame frame) {}
}
