package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.value.TypeKind.Domain;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Rewrite rule: conditions of literals alone are decided while planning; one that is not true empties the result. Stateless. */
final class ImpossibleConditions {
  private static final Value[] NO_PARAMETERS = {};

  private ImpossibleConditions() {}

  /** Removes conditions that are always true; true when one can never be. */
  static boolean remove(JoinGroup group, StatementBinding statement) {
    for (int i = group.conditions.size() - 1; i >= 0; i--) {
      Expression c = group.conditions.get(i);
      if (isDecidable(c)) {
        if (!isTrue(c, statement)) {
          return true;
        }
        group.conditions.remove(i);
      }
    }
    return false;
  }

  /** Takes out the conditions that are one value for the whole statement. */
  static List<Expression> takeConstant(JoinGroup group, StatementBinding statement) {
    List<Expression> constant = new ArrayList<>();
    for (int i = group.conditions.size() - 1; i >= 0; i--) {
      Expression c = group.conditions.get(i);
      if (Expressions.isStatementConstant(c) && SlotSets.of(c, statement).isEmpty()) {
        constant.addFirst(c);
        group.conditions.remove(i);
      }
    }
    return constant;
  }

  static boolean isTrue(Expression c, StatementBinding statement) {
    return c.evaluateBoolean(new Frame(0, NO_PARAMETERS, 0, statement.context.statement()));
  }

  /** Built of numbers and NULLs, so that evaluating it early can neither warn nor fail in a way that should come later. */
  static boolean isDecidable(Expression e) {
    if (e instanceof LiteralExpression) {
      return e.type().domain() == Domain.INTEGER || e.type().domain() == Domain.NULL;
    }
    if (e.children().isEmpty()
        || !Expressions.isConstant(e)
        || e.type().domain() != Domain.INTEGER) {
      return false;
    }
    for (Expression child : e.children()) {
      if (!isDecidable(child)) {
        return false;
      }
    }
    return e instanceof io.vaquita.expression.operator.Condition
        || e instanceof io.vaquita.expression.operator.Comparison;
  }
}
