package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.expression.ParameterExpression;
import io.vaquita.expression.SubqueryExpression;
import java.util.List;

/** Whether two expressions always give the same value because they are built alike. Stateless. */
final class Same {
  private Same() {}

  @SuppressWarnings("ReferenceEquality") // the same node needs no further look
  static boolean expression(Expression a, Expression b) {
    if (a == b) {
      return true;
    }
    if (a instanceof ColumnExpression x) {
      return b instanceof ColumnExpression y && x.slot() == y.slot() && x.column() == y.column();
    }
    if (a.getClass() != b.getClass() || a instanceof SubqueryExpression) {
      return false;
    }
    if (a instanceof LiteralExpression x && b instanceof LiteralExpression y) {
      return x.value().equals(y.value()) && a.type().equals(b.type());
    }
    if (a instanceof ParameterExpression x && b instanceof ParameterExpression y) {
      return x.index() == y.index();
    }
    return nodes(a, b);
  }

  /** Texts tell apart what operands do not (a unit, a CAST's type). */
  private static boolean nodes(Expression a, Expression b) {
    if (!Expressions.isDeterministic(a) || !a.type().equals(b.type())) {
      return false;
    }
    return expressions(a.children(), b.children()) && a.describe().equals(b.describe());
  }

  static boolean expressions(List<Expression> a, List<Expression> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!expression(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
