package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SqlMode;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds one SELECT, clause by clause: FROM, WHERE, GROUP BY, the select list, HAVING, ORDER BY, LIMIT. Confined to one thread. */
final class SelectBinder {
  private final BlockBinding block;
  private final ExpressionBinder expressions;

  /** The select list of EXISTS is of no interest. */
  private final boolean exists;

  SelectBinder(BlockBinding block, boolean exists) {
    this.block = block;
    this.expressions = new ExpressionBinder(block);
    this.exists = exists;
  }

  SelectBlock bind(Select s) {
    refuseNestedInto(s.into());
    block.hints = BlockHints.of(s.hints());
    FromBinder from = new FromBinder(block, expressions);
    JoinTree tree = s.from() == null ? null : from.bind(s.from());
    block.statement.hintNames.bound(s.hints(), block.scope, from.tables());
    from.lock(s.locking());
    List<Expression> where = expressions.bindCondition(s.where(), Clause.WHERE);
    GroupingBinding grouping = group(s);
    block.windows = new WindowBinding(block, s.windows());
    if (grouping != null) {
      grouping.activate(true);
    }
    OutputBinder outputBinder = new OutputBinder(block, expressions);
    List<OutputColumn> outputs =
        exists && grouping == null && !s.isDistinct()
            ? List.of()
            : outputBinder.bind(s.elements(), s.from() != null);
    block.aliases = outputBinder.aliases();
    List<Expression> having = having(s.having());
    List<SortKey> orderBy =
        orderBy(s, grouping, outputs, tree == null ? List.of() : from.mergedOrderBy());
    if (grouping != null && tree != null) {
      grouping.check(
          block, new FunctionalDependence(block.statement, tree, where, grouping.groupBy));
    }
    return new SelectBlock(
        block.number,
        tree,
        where,
        grouping == null
            ? null
            : new SelectBlock.Grouping(
                grouping.slot, grouping.groupBy, List.copyOf(grouping.calls()), grouping.rollup),
        having,
        block.windows.steps(),
        s.isDistinct(),
        outputs,
        orderBy,
        QueryBinder.limit(s.limit(), expressions),
        s.options().contains("STRAIGHT_JOIN") || block.hints.has("JOIN_FIXED_ORDER"),
        s.options().contains("SQL_CALC_FOUND_ROWS"),
        block.hints);
  }

  private void refuseNestedInto(@Nullable Into into) {
    if (into != null && block.outer != null) {
      throw MySqlError.ER_MISPLACED_INTO.exception();
    }
  }

  private @Nullable GroupingBinding group(Select s) {
    boolean aggregates =
        SyntaxTraits.hasAggregate(s.elements())
            || s.having() != null && SyntaxTraits.hasAggregate(s.having())
            || SyntaxTraits.orderHasAggregate(s.orderBy());
    if (s.groupBy().isEmpty() && !aggregates) {
      return null;
    }
    List<Expression> groupBy = new GroupBinder(block, expressions, s.elements()).bind(s.groupBy());
    GroupingBinding grouping =
        new GroupingBinding(block.statement.newSlot(block.number, "<group>"), groupBy, s.rollup());
    block.grouping = grouping;
    return grouping;
  }

  private List<Expression> having(@Nullable ExpressionSyntax having) {
    if (having == null) {
      return List.of();
    }
    if (SyntaxTraits.hasWindowFunction(having)) {
      throw MySqlError.ER_WINDOW_INVALID_WINDOW_FUNC_USE.exception("window function");
    }
    block.item = 1;
    return expressions.bindCondition(having, Clause.HAVING);
  }

  /** Of a block that gives one row, the order is without meaning. */
  private List<SortKey> orderBy(
      Select s,
      @Nullable GroupingBinding grouping,
      List<OutputColumn> outputs,
      List<SortKey> merged) {
    if (s.orderBy().isEmpty()) {
      return grouping == null && !s.isDistinct() ? merged : List.of();
    }
    List<SortKey> keys = new OrderBinder(block, expressions, outputs).bind(s.orderBy());
    if (s.isDistinct()) {
      checkOrderOfDistinct(keys, outputs);
    }
    return grouping != null && grouping.groupBy.isEmpty() ? List.of() : keys;
  }

  private void checkOrderOfDistinct(List<SortKey> keys, List<OutputColumn> outputs) {
    if (!expressions.settings.isSet(SqlMode.ONLY_FULL_GROUP_BY)) {
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      Expression outside = partOutside(keys.get(i).expression(), outputs);
      if (outside != null) {
        throw MySqlError.ER_FIELD_IN_ORDER_NOT_SELECT.exception(
            i + 1, outside.describe().replace("`", ""), "DISTINCT");
      }
    }
  }

  /** A column in the expression that the select list does not give, or null. */
  private static @Nullable Expression partOutside(Expression e, List<OutputColumn> outputs) {
    for (OutputColumn o : outputs) {
      if (Same.expression(o.expression(), e)) {
        return null;
      }
    }
    if (e instanceof io.vaquita.expression.ColumnExpression) {
      return e;
    }
    for (Expression child : e.children()) {
      Expression outside = partOutside(child, outputs);
      if (outside != null) {
        return outside;
      }
    }
    return null;
  }
}
