package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.parser.syntax.WindowSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions about expressions before they are bound. Stateless. Subqueries are not looked into. */
final class SyntaxTraits {
  private SyntaxTraits() {}

  /** INTO of a whole query; that of a set operation stands in its last query block. */
  static @Nullable Into into(QuerySyntax query) {
    return switch (query) {
      case QuerySyntax.Select s -> s.into();
      case QuerySyntax.SetOperation o -> into(o.right());
      case QuerySyntax.Table t -> null;
      case QuerySyntax.Values v -> null;
    };
  }

  /** A query that is part of another one sends its rows there. */
  static void refuseInto(QuerySyntax part) {
    if (into(part) != null) {
      throw MySqlError.ER_MISPLACED_INTO.exception();
    }
  }

  /** Whether an aggregate that groups rows (not a window function) stands in it. */
  static boolean hasAggregate(ExpressionSyntax e) {
    return any(e, x -> x instanceof ExpressionSyntax.Aggregate a && a.over() == null);
  }

  static boolean hasWindowFunction(ExpressionSyntax e) {
    return any(e, x -> x instanceof ExpressionSyntax.Aggregate a && a.over() != null);
  }

  static boolean hasAggregate(List<SelectElement> elements) {
    for (SelectElement element : elements) {
      if (element instanceof SelectItem item && hasAggregate(item.expression())) {
        return true;
      }
    }
    return false;
  }

  static boolean hasWindowFunction(List<SelectElement> elements) {
    for (SelectElement element : elements) {
      if (element instanceof SelectItem item && hasWindowFunction(item.expression())) {
        return true;
      }
    }
    return false;
  }

  static boolean orderHasAggregate(List<OrderItem> items) {
    for (OrderItem item : items) {
      if (hasAggregate(item.expression())) {
        return true;
      }
    }
    return false;
  }

  static boolean hasUserVariable(ExpressionSyntax e) {
    return any(
        e,
        x ->
            x instanceof ExpressionSyntax.UserVariable
                || x instanceof ExpressionSyntax.UserVariableAssignment);
  }

  /** A constant that is written out: with ROLLUP it is NULL in the rows above its group, when it is grouped by. */
  static boolean isLiteral(ExpressionSyntax e) {
    return switch (e) {
      case ExpressionSyntax.NullLiteral n -> true;
      case ExpressionSyntax.BooleanLiteral b -> true;
      case ExpressionSyntax.IntegerLiteral i -> true;
      case ExpressionSyntax.DecimalLiteral d -> true;
      case ExpressionSyntax.DoubleLiteral d -> true;
      case ExpressionSyntax.StringLiteral s -> true;
      case ExpressionSyntax.BytesLiteral b -> true;
      case ExpressionSyntax.TemporalLiteral t -> true;
      default -> false;
    };
  }

  /** No column, aggregate or subquery of its own kind that could not be bound twice. */
  static boolean mayBeGroupExpression(ExpressionSyntax e) {
    boolean isCompound =
        switch (e) {
          case ExpressionSyntax.ColumnReference c -> false;
          case ExpressionSyntax.Parameter p -> false;
          default -> !children(e).isEmpty();
        };
    return isCompound
        && !any(
            e,
            x ->
                x instanceof ExpressionSyntax.Aggregate
                    || x instanceof ExpressionSyntax.ScalarSubquery
                    || x instanceof ExpressionSyntax.Exists
                    || x instanceof ExpressionSyntax.InSubquery
                    || x instanceof ExpressionSyntax.Quantified
                    || x instanceof ExpressionSyntax.UserVariableAssignment);
  }

  static boolean any(ExpressionSyntax e, Predicate<ExpressionSyntax> test) {
    if (test.test(e)) {
      return true;
    }
    for (ExpressionSyntax child : children(e)) {
      if (any(child, test)) {
        return true;
      }
    }
    return false;
  }

  private static List<ExpressionSyntax> children(ExpressionSyntax e) {
    return switch (e) {
      case ExpressionSyntax.Unary u -> List.of(u.operand());
      case ExpressionSyntax.Binary b -> List.of(b.left(), b.right());
      case ExpressionSyntax.Like l -> withOptional(List.of(l.operand(), l.pattern()), l.escape());
      case ExpressionSyntax.Regexp r -> List.of(r.operand(), r.pattern());
      case ExpressionSyntax.Between b -> List.of(b.operand(), b.low(), b.high());
      case ExpressionSyntax.InList in -> withOptional(in.list(), in.operand());
      case ExpressionSyntax.InSubquery in -> List.of(in.operand());
      case ExpressionSyntax.Quantified q -> List.of(q.operand());
      case ExpressionSyntax.Is is -> List.of(is.operand());
      case ExpressionSyntax.RowConstructor r -> r.elements();
      case ExpressionSyntax.Case c -> ofCase(c);
      case ExpressionSyntax.Cast c -> List.of(c.operand());
      case ExpressionSyntax.ConvertUsing c -> List.of(c.operand());
      case ExpressionSyntax.Collate c -> List.of(c.operand());
      case ExpressionSyntax.Interval i -> List.of(i.amount());
      case ExpressionSyntax.UserVariableAssignment a -> List.of(a.value());
      case ExpressionSyntax.FunctionCall f -> f.arguments();
      case ExpressionSyntax.Aggregate a -> ofAggregate(a);
      case ExpressionSyntax.Match m -> List.of(m.pattern());
      case ExpressionSyntax.NullLiteral ignored -> List.of();
      case ExpressionSyntax.BooleanLiteral ignored -> List.of();
      case ExpressionSyntax.IntegerLiteral ignored -> List.of();
      case ExpressionSyntax.DecimalLiteral ignored -> List.of();
      case ExpressionSyntax.DoubleLiteral ignored -> List.of();
      case ExpressionSyntax.StringLiteral ignored -> List.of();
      case ExpressionSyntax.BytesLiteral ignored -> List.of();
      case ExpressionSyntax.TemporalLiteral ignored -> List.of();
      case ExpressionSyntax.Parameter ignored -> List.of();
      case ExpressionSyntax.ColumnReference ignored -> List.of();
      case ExpressionSyntax.UserVariable ignored -> List.of();
      case ExpressionSyntax.SystemVariable ignored -> List.of();
      case ExpressionSyntax.Exists ignored -> List.of();
      case ExpressionSyntax.ScalarSubquery ignored -> List.of();
      case ExpressionSyntax.Keyword ignored -> List.of();
      case ExpressionSyntax.ValuesOf ignored -> List.of();
      case ExpressionSyntax.Default ignored -> List.of();
    };
  }

  private static List<ExpressionSyntax> withOptional(
      List<ExpressionSyntax> some, @Nullable ExpressionSyntax more) {
    if (more == null) {
      return some;
    }
    List<ExpressionSyntax> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }

  private static List<ExpressionSyntax> ofCase(ExpressionSyntax.Case c) {
    List<ExpressionSyntax> all = new ArrayList<>();
    if (c.operand() != null) {
      all.add(c.operand());
    }
    for (ExpressionSyntax.When when : c.whens()) {
      all.add(when.condition());
      all.add(when.result());
    }
    if (c.otherwise() != null) {
      all.add(c.otherwise());
    }
    return all;
  }

  private static List<ExpressionSyntax> ofAggregate(ExpressionSyntax.Aggregate a) {
    List<ExpressionSyntax> all = new ArrayList<>(a.arguments());
    a.orderBy().forEach(o -> all.add(o.expression()));
    WindowSyntax over = a.over();
    if (over != null) {
      all.addAll(over.partitionBy());
      over.orderBy().forEach(o -> all.add(o.expression()));
    }
    return all;
  }
}
