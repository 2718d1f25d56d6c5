package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.RowExpression;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.planner.physical.OutputColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Binds subqueries inside expressions. Confined to one thread. */
final class SubqueryBinder {
  private final ExpressionBinder expressions;

  SubqueryBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  /** A bound subquery's number and what its columns are. */
  private record Bound(int index, List<Expression> outputs) {}

  private Bound bind(QuerySyntax query, boolean exists) {
    BlockBinding block = expressions.block;
    int index = block.statement.newSubquery();
    QueryBinder binder = QueryBinder.forSubquery(block, exists);
    BoundQuery bound = binder.bind(query);
    BitSet dependsOn = (BitSet) binder.outerSlots().clone();
    block.statement.setSubquery(index, new BoundSubquery(bound, dependsOn, binder.isCacheable()));
    if (!binder.isCacheable()) {
      block.isCacheable = false;
    }
    List<Expression> outputs = new ArrayList<>();
    for (OutputColumn o : bound.outputs()) {
      outputs.add(o.expression());
    }
    return new Bound(index, outputs);
  }

  Expression exists(QuerySyntax query, boolean negated) {
    return Operators.exists(bind(query, true).index(), negated);
  }

  Expression scalar(ExpressionSyntax.ScalarSubquery s) {
    Bound b = bind(s.query(), false);
    return b.outputs().size() == 1
        ? Operators.scalarSubquery(b.index(), b.outputs().getFirst())
        : Operators.rowSubquery(b.index(), b.outputs());
  }

  Expression in(ExpressionSyntax.InSubquery s) {
    Expression operand = expressions.bind(s.operand());
    refuseLimit(s.query());
    Bound b = bind(s.query(), false);
    checkWidth(operand, b);
    return Operators.inSubquery(operand, b.index(), b.outputs(), s.negated(), expressions.settings);
  }

  Expression quantified(ExpressionSyntax.Quantified s) {
    Expression operand = expressions.bind(s.operand());
    refuseLimit(s.query());
    Bound b = bind(s.query(), false);
    checkWidth(operand, b);
    ComparisonOperator operator = ExpressionBinder.comparison(s.operator());
    if (operator == null) {
      throw new IllegalStateException(s.operator().symbol());
    }
    if (!s.all() && operator == ComparisonOperator.EQUAL) {
      return Operators.inSubquery(operand, b.index(), b.outputs(), false, expressions.settings);
    }
    if (s.all() && operator == ComparisonOperator.NOT_EQUAL) {
      return Operators.inSubquery(operand, b.index(), b.outputs(), true, expressions.settings);
    }
    return Operators.quantified(
        operand, operator, s.all(), b.index(), b.outputs(), expressions.settings);
  }

  private static void checkWidth(Expression operand, Bound b) {
    int width = operand instanceof RowExpression r ? r.children().size() : 1;
    if (width != b.outputs().size()) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(width);
    }
  }

  private static void refuseLimit(QuerySyntax query) {
    if (query.limit() != null) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("LIMIT & IN/ALL/ANY/SOME subquery");
    }
  }
}
