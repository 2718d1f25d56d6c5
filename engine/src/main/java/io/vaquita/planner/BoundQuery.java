package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query expression with all names and types bound, not yet planned: the logical plan. */
sealed interface BoundQuery
    permits SelectBlock, BoundQuery.SetQuery, BoundQuery.Values, BoundQuery.Recursive {
  List<OutputColumn> outputs();

  /** LIMIT; both expressions are constant for the statement. */
  record LimitClause(Expression count, @Nullable Expression offset) {}

  /** UNION, INTERSECT, EXCEPT; outputs are columns of {@code slot}. */
  record SetQuery(
      String operator,
      boolean all,
      int slot,
      List<BoundQuery> inputs,
      List<DataType> types,
      List<OutputColumn> outputs,
      List<SortKey> orderBy,
      @Nullable LimitClause limit)
      implements BoundQuery {}

  /** VALUES ROW(…), …; outputs are columns of {@code slot}. */
  record Values(
      int slot,
      List<DataType> types,
      List<List<Expression>> rows,
      List<OutputColumn> outputs,
      List<SortKey> orderBy,
      @Nullable LimitClause limit)
      implements BoundQuery {}

  /** The body of a recursive common table expression; outputs are columns of {@code slot}. */
  record Recursive(
      int slot,
      int workingTable,
      boolean distinct,
      BoundQuery anchor,
      BoundQuery recursive,
      List<DataType> types,
      List<OutputColumn> outputs,
      @Nullable LimitClause limit)
      implements BoundQuery {}
}
