package io.vaquita.planner;

import io.vaquita.error.DatabaseException;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrite rule: {@code a = b AND b = 5} gives {@code a = 5}, and {@code a = b AND b = c} gives {@code a = c}, so that each table can be
 * searched by what is known of the others. Only between columns of one type, where equality is the same relation throughout. Stateless.
 */
final class Transitivity {
  /** Classes with more columns than this are left alone: pairs grow with the square. */
  private static final int CLASS_MAX = 6;

  private Transitivity() {}

  /** Columns that are equal, and a value that they equal. */
  private static final class EqualColumns {
    final List<Expression> columns = new ArrayList<>();
    @Nullable Expression value;
  }

  static void apply(JoinGroup group, StatementBinding statement) {
    if (group.units.size() < 2) {
      return;
    }
    List<EqualColumns> classes = new ArrayList<>();
    for (Expression c : group.conditions) {
      if (c instanceof Comparison e && e.operator() == ComparisonOperator.EQUAL) {
        addPair(e, classes);
      }
    }
    if (classes.isEmpty()) {
      return;
    }
    for (Expression c : group.conditions) {
      if (c instanceof Comparison e && e.operator() == ComparisonOperator.EQUAL) {
        addValue(e.left(), e.right(), classes);
        addValue(e.right(), e.left(), classes);
      }
    }
    for (EqualColumns equal : classes) {
      derive(equal, group.conditions, statement);
    }
  }

  private static void addPair(Comparison e, List<EqualColumns> classes) {
    if (!(e.left() instanceof ColumnExpression)
        || !(e.right() instanceof ColumnExpression)
        || !isOneType(e.left(), e.right())) {
      return;
    }
    EqualColumns left = find(e.left(), classes);
    EqualColumns right = find(e.right(), classes);
    if (left == null && right == null) {
      EqualColumns added = new EqualColumns();
      added.columns.add(e.left());
      added.columns.add(e.right());
      classes.add(added);
    } else if (left == null && right != null) {
      right.columns.add(e.left());
    } else if (right == null && left != null) {
      left.columns.add(e.right());
    } else if (left != null && right != null && left != right) {
      left.columns.addAll(right.columns);
      classes.remove(right);
    }
  }

  private static boolean isOneType(Expression a, Expression b) {
    return a.type().kind() == b.type().kind()
        && a.type().unsigned() == b.type().unsigned()
        && a.type().decimals() == b.type().decimals()
        && a.type().collation().equals(b.type().collation())
        && a.type().members().equals(b.type().members());
  }

  private static @Nullable EqualColumns find(Expression column, List<EqualColumns> classes) {
    for (EqualColumns c : classes) {
      for (Expression e : c.columns) {
        if (Same.expression(e, column)) {
          return c;
        }
      }
    }
    return null;
  }

  private static void addValue(Expression column, Expression value, List<EqualColumns> classes) {
    if (column instanceof ColumnExpression && Expressions.isStatementConstant(value)) {
      EqualColumns equal = find(column, classes);
      if (equal != null && equal.value == null) {
        equal.value = value;
      }
    }
  }

  private static void derive(
      EqualColumns equal, List<Expression> conditions, StatementBinding statement) {
    if (equal.value != null) {
      boolean all = true;
      for (Expression column : equal.columns) {
        all &= addEquality(column, equal.value, conditions, statement);
      }
      if (all) {
        conditions.removeIf(c -> isBetween(c, equal));
      }
      return;
    }
    if (equal.columns.size() > CLASS_MAX) {
      return;
    }
    for (int i = 0; i < equal.columns.size(); i++) {
      for (int j = i + 1; j < equal.columns.size(); j++) {
        addEquality(equal.columns.get(i), equal.columns.get(j), conditions, statement);
      }
    }
  }

  /** Columns that all equal one value are equal without saying. */
  private static boolean isBetween(Expression condition, EqualColumns equal) {
    return condition instanceof Comparison c
        && c.operator() == ComparisonOperator.EQUAL
        && find(c.left(), List.of(equal)) != null
        && find(c.right(), List.of(equal)) != null;
  }

  /** False when it could not be added; nothing is lost by that. */
  private static boolean addEquality(
      Expression a, Expression b, List<Expression> conditions, StatementBinding statement) {
    for (Expression c : conditions) {
      if (c instanceof Comparison e
          && e.operator() == ComparisonOperator.EQUAL
          && (Same.expression(e.left(), a) && Same.expression(e.right(), b)
              || Same.expression(e.left(), b) && Same.expression(e.right(), a))) {
        return true;
      }
    }
    try {
      conditions.add(
          Operators.compare(ComparisonOperator.EQUAL, a, b, statement.context.settings()));
      return true;
    } catch (DatabaseException e) {
      return false;
    }
  }
}
