package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.aggregate.AggregateTypes;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Aggregate;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Binds aggregates and window functions to columns of the slots that will hold their results. Confined to one thread. */
final class AggregateBinder {
  private final ExpressionBinder expressions;

  AggregateBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  Expression bind(Aggregate a) {
    if (a.over() != null) {
      return window(a);
    }
    if (AggregateTypes.isWindowOnly(a.name())) {
      throw MySqlError.ER_WINDOW_INVALID_WINDOW_FUNC_USE.exception(
          a.name().toLowerCase(Locale.ROOT));
    }
    BlockBinding owner = owner(a);
    if (owner != expressions.block) {
      return ofOuterBlock(a, owner);
    }
    GroupingBinding grouping = owner.grouping;
    if (grouping == null || !grouping.isActive() || owner.aggregateDepth > 0) {
      throw MySqlError.ER_INVALID_GROUP_FUNC_USE.exception();
    }
    owner.aggregateDepth++;
    try {
      AggregateCall call = call(a);
      boolean nullable = AggregateTypes.isNullable(a.name());
      return grouping.aggregate(call, nullable);
    } finally {
      owner.aggregateDepth--;
    }
  }

  /**
   * The block that an aggregate groups: the innermost one whose columns its arguments name. {@code HAVING EXISTS (… SUM(outer.a) …)}
   * sums in the outer block.
   */
  private BlockBinding owner(Aggregate a) {
    List<ExpressionSyntax.ColumnReference> columns = new ArrayList<>();
    for (ExpressionSyntax argument : a.arguments()) {
      SyntaxTraits.any(
          argument,
          e -> {
            if (e instanceof ExpressionSyntax.ColumnReference c) {
              columns.add(c);
            }
            return false;
          });
    }
    BlockBinding block = expressions.block;
    while (!columns.isEmpty() && block.outer != null && !namesColumnOf(block, columns)) {
      block = block.outer;
    }
    GroupingBinding grouping = block.grouping;
    return grouping != null && grouping.isActive() ? block : expressions.block;
  }

  private static boolean namesColumnOf(
      BlockBinding block, List<ExpressionSyntax.ColumnReference> columns) {
    for (ExpressionSyntax.ColumnReference c : columns) {
      if (block.scope.find(c.schema(), c.table(), c.column(), block.clause) != null) {
        return true;
      }
    }
    return false;
  }

  private Expression ofOuterBlock(Aggregate a, BlockBinding owner) {
    Expression bound = new ExpressionBinder(owner).bind(a);
    BitSet slots = SlotSets.of(bound, owner.statement);
    for (BlockBinding b = expressions.block; b != null && b != owner; b = b.outer) {
      b.outerSlots.or(slots);
    }
    return bound;
  }

  private AggregateCall call(Aggregate a) {
    List<Expression> arguments = new ArrayList<>(a.arguments().size());
    for (ExpressionSyntax argument : a.arguments()) {
      arguments.add(expressions.bindValue(argument));
    }
    String separator = a.separator() == null ? "," : a.separator();
    return new AggregateCall(
        a.name(),
        a.distinct(),
        List.copyOf(arguments),
        sortKeys(a.orderBy()),
        separator,
        AggregateTypes.resultType(a.name(), arguments, expressions.settings));
  }

  private List<SortKey> sortKeys(List<OrderItem> items) {
    List<SortKey> keys = new ArrayList<>(items.size());
    for (OrderItem item : items) {
      keys.add(new SortKey(expressions.bindValue(item.expression()), item.descending()));
    }
    return List.copyOf(keys);
  }

  private Expression window(Aggregate a) {
    BlockBinding block = expressions.block;
    WindowBinding windows = block.windows;
    String name = a.name().toLowerCase(Locale.ROOT);
    if (windows == null
        || block.insideWindowFunction
        || block.aggregateDepth > 0
        || block.clause != Clause.FIELD_LIST && block.clause != Clause.ORDER) {
      throw MySqlError.ER_WINDOW_INVALID_WINDOW_FUNC_USE.exception(name);
    }
    if (a.distinct()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("<window function>(DISTINCT ..)");
    }
    if (a.ignoreNulls()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("IGNORE NULLS");
    }
    if (a.name().equals("GROUP_CONCAT")) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("group_concat as window function");
    }
    block.insideWindowFunction = true;
    try {
      return windows.add(call(a), java.util.Objects.requireNonNull(a.over()), expressions);
    } finally {
      block.insideWindowFunction = false;
    }
  }
}
