package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.RowExpression;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Exists;
import io.vaquita.expression.operator.InSubquery;
import io.vaquita.expression.operator.Operators;
import io.vaquita.expression.operator.RowComparison;
import io.vaquita.planner.JoinGroup.NestedUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrite rule: IN, NOT IN, EXISTS and NOT EXISTS among the terms of WHERE become semi-joins and anti-joins where the subquery is a plain
 * join of tables. Stateless.
 */
final class SemiJoins {
  private SemiJoins() {}

  static void apply(JoinGroup group, QueryPlanner queries) {
    for (int i = group.conditions.size() - 1; i >= 0; i--) {
      NestedUnit unit = unit(group.conditions.get(i), queries);
      if (unit != null) {
        Expression condition = group.conditions.remove(i);
        if (SemiJoinPullOut.isUnique(unit, queries.statement)) {
          SemiJoinPullOut.intoGroup(unit, group);
        } else if (condition instanceof InSubquery in
            && in.isIn()
            && SemiJoinPullOut.drives(in, unit, group, queries)) {
          SemiJoinPullOut.materialized(in, group, queries);
        } else {
          group.add(unit, new BitSet(0));
        }
      } else if (group.conditions.get(i) instanceof InSubquery in
          && in.isIn()
          && SemiJoinPullOut.canMaterialize(in, queries.statement)) {
        group.conditions.remove(i);
        SemiJoinPullOut.materialized(in, group, queries);
      }
    }
  }

  private static @Nullable NestedUnit unit(Expression condition, QueryPlanner queries) {
    return switch (condition) {
      case Exists e ->
          unit(
              e.index(),
              e.isNegated() ? JoinTree.Kind.ANTI : JoinTree.Kind.SEMI,
              List.of(),
              queries);
      case InSubquery in when in.isIn() -> {
        List<Expression> equalities = equalities(in.comparison(), queries);
        yield equalities == null ? null : unit(in.index(), JoinTree.Kind.SEMI, equalities, queries);
      }
      case InSubquery in when in.isNotIn() -> {
        List<Expression> equalities = equalities(in.comparison(), queries);
        if (equalities == null) {
          yield null;
        }
        boolean nullable = false;
        for (Expression e : equalities) {
          nullable |= e.isNullable();
        }
        yield nullable && equalities.size() > 1
            ? null
            : unit(
                in.index(),
                nullable ? JoinTree.Kind.NULL_AWARE_ANTI : JoinTree.Kind.ANTI,
                equalities,
                queries);
      }
      default -> null;
    };
  }

  /** The IN's comparison, column by column, as equalities; null when it cannot be a join condition. */
  private static @Nullable List<Expression> equalities(
      Expression comparison, QueryPlanner queries) {
    List<Expression> equalities = new ArrayList<>();
    if (comparison instanceof Comparison c) {
      equalities.add(equality(c.left(), c.right(), queries));
    } else if (comparison instanceof RowComparison r
        && r.children().size() == 2
        && r.children().get(0) instanceof RowExpression left
        && r.children().get(1) instanceof RowExpression right) {
      for (int i = 0; i < left.children().size(); i++) {
        equalities.add(equality(left.children().get(i), right.children().get(i), queries));
      }
    }
    for (Expression e : equalities) {
      if (!Expressions.isDeterministic(e) || Expressions.containsSubquery(e)) {
        return null;
      }
    }
    return equalities.isEmpty() ? null : equalities;
  }

  private static Expression equality(Expression left, Expression right, QueryPlanner queries) {
    return Operators.compare(
        ComparisonOperator.EQUAL, left, right, queries.statement.context.settings());
  }

  private static @Nullable NestedUnit unit(
      int index, JoinTree.Kind kind, List<Expression> equalities, QueryPlanner queries) {
    BoundSubquery subquery = queries.statement.subquery(index);
    if (!(subquery.query() instanceof SelectBlock block) || !isPlainJoin(block, subquery)) {
      return null;
    }
    JoinTree from = java.util.Objects.requireNonNull(block.from());
    JoinGroup inner = JoinGroups.of(from, block.where(), queries.statement);
    apply(inner, queries);
    queries.becameJoin(index);
    BitSet own = inner.slots();
    List<Expression> conditions = new ArrayList<>(equalities);
    if (kind != JoinTree.Kind.NULL_AWARE_ANTI) {
      moveCorrelated(inner, own, conditions, queries.statement);
    }
    return new NestedUnit(kind, inner, conditions);
  }

  private static boolean isPlainJoin(SelectBlock block, BoundSubquery subquery) {
    return block.from() != null
        && block.aggregation() == null
        && block.having().isEmpty()
        && block.windows().isEmpty()
        && block.limit() == null
        && !block.hints().has("NO_SEMIJOIN")
        && subquery.isCacheable();
  }

  /** Conditions with outer columns join; the rest stays with the inner tables. */
  private static void moveCorrelated(
      JoinGroup inner, BitSet own, List<Expression> conditions, StatementBinding statement) {
    for (int i = inner.conditions.size() - 1; i >= 0; i--) {
      Expression c = inner.conditions.get(i);
      if (!SlotSets.isSubset(SlotSets.of(c, statement), own)) {
        conditions.add(c);
        inner.conditions.remove(i);
      }
    }
  }
}
