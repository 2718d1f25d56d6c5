package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SqlMode;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grouping of one block while it is bound: turns columns of FROM into columns of the aggregation's slot, gathers the
 * aggregates, and remembers columns that are neither. Confined to one thread.
 */
final class GroupingBinding {
  final int slot;
  final List<Expression> groupBy;
  final boolean rollup;

  /** Some group expression is no plain column: then whole expressions are looked for, not only columns. */
  final boolean hasExpressions;

  private final List<AggregateCall> calls = new ArrayList<>();
  private final List<Loose> loose = new ArrayList<>();
  private boolean active;

  GroupingBinding(int slot, List<Expression> groupBy, boolean rollup) {
    this.slot = slot;
    this.groupBy = groupBy;
    this.rollup = rollup;
    boolean expressions = false;
    for (Expression e : groupBy) {
      expressions |= !(e instanceof ColumnExpression);
    }
    this.hasExpressions = expressions;
  }

  /** A column that is neither grouped nor inside an aggregate. */
  private record Loose(Clause clause, int item, String name, Expression source) {}

  /** Whether names mean columns of groups now: from the select list on. */
  boolean isActive() {
    return active;
  }

  void activate(boolean on) {
    active = on;
  }

  /** The group's value of an expression over source rows, or null. */
  @Nullable Expression groupValue(Expression source) {
    for (int i = 0; i < groupBy.size(); i++) {
      Expression g = groupBy.get(i);
      if (Same.expression(g, source)) {
        return ColumnExpression.of(slot, i, g.type(), g.isNullable() || rollup, g.describe());
      }
    }
    return null;
  }

  Expression column(Expression source, Scope.Column column, BlockBinding block) {
    Expression group = groupValue(source);
    if (group != null) {
      return group;
    }
    if (SlotSets.of(source, block.statement).isEmpty()) {
      return source;
    }
    loose.add(
        new Loose(block.clause, block.item, column.table().fullName(column.column()), source));
    return aggregate(
        new AggregateCall("ANY_VALUE", false, List.of(source), List.of(), "", source.type()),
        groupBy.isEmpty() || source.isNullable());
  }

  /** The column that holds an aggregate's result; equal calls share one. */
  Expression aggregate(AggregateCall call, boolean nullable) {
    int index = find(call);
    if (index < 0) {
      index = calls.size();
      calls.add(call);
    }
    return ColumnExpression.of(slot, firstCall() + index, call.type(), nullable, describe(call));
  }

  private int firstCall() {
    return groupBy.size() + (rollup ? 1 : 0);
  }

  private int find(AggregateCall call) {
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall c = calls.get(i);
      if (c.function().equals(call.function())
          && c.distinct() == call.distinct()
          && c.orderBy().isEmpty()
          && call.orderBy().isEmpty()
          && c.separator().equals(call.separator())
          && Same.expressions(c.arguments(), call.arguments())) {
        return i;
      }
    }
    return -1;
  }

  /** The BIGINT of rolled-up bits. */
  Expression rollupBits() {
    return ColumnExpression.of(slot, groupBy.size(), DataType.BIGINT, false, "grouping");
  }

  List<AggregateCall> calls() {
    return calls;
  }

  static String describe(AggregateCall call) {
    StringBuilder text =
        new StringBuilder(call.function().toLowerCase(java.util.Locale.ROOT)).append('(');
    if (call.distinct()) {
      text.append("distinct ");
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      text.append(i == 0 ? "" : ",").append(call.arguments().get(i).describe());
    }
    return text.append(call.arguments().isEmpty() ? "0)" : ")").toString();
  }

  /** ONLY_FULL_GROUP_BY: each loose column must follow from the group columns. */
  void check(BlockBinding block, FunctionalDependence dependence) {
    if (loose.isEmpty() || !block.statement.context.settings().isSet(SqlMode.ONLY_FULL_GROUP_BY)) {
      return;
    }
    for (Loose l : loose) {
      boolean isOrderOfOneRow = groupBy.isEmpty() && l.clause() == Clause.ORDER;
      if (isOrderOfOneRow || dependence.determines(l.source())) {
        continue;
      }
      throw groupBy.isEmpty()
          ? MySqlError.ER_MIX_OF_GROUP_FUNC_AND_FIELDS_V2.exception(
              l.item(), l.clause().groupingText(), l.name())
          : MySqlError.ER_WRONG_FIELD_WITH_GROUP_V2.exception(
              l.item(), l.clause().groupingText(), l.name());
    }
  }
}
