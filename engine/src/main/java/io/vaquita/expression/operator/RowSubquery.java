package io.vaquita.expression.operator;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Subquery;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.value.DataType;
import java.util.List;

/** A comparison with a subquery that gives one row: {@code (a, b) = (SELECT c, d …)}. NULL without rows. Immutable. */
final class RowSubquery extends Condition implements SubqueryExpression {
  private final int index;
  private final Condition comparison;

  RowSubquery(int index, Condition comparison) {
    super(DataType.BOOLEAN, true);
    this.index = index;
    this.comparison = comparison;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    subquery.open(frame);
    boolean result;
    boolean isNull;
    boolean another = false;
    try {
      if (subquery.next(frame)) {
        result = comparison.evaluateBoolean(frame);
        isNull = frame.isNull;
        another = subquery.next(frame);
      } else {
        result = false;
        isNull = true;
      }
    } finally {
      subquery.close(frame);
    }
    if (another) {
      throw MySqlError.ER_SUBQUERY_NO_1_ROW.exception();
    }
    frame.isNull = isNull;
    return result;
  }

  @Override
  public Dependence dependence() {
    return Dependence.ROW;
  }

  @Override
  public List<Expression> children() {
    return List.of(comparison);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    return new RowSubquery(index, (Condition) children.getFirst());
  }

  @Override
  public String describe() {
    return comparison.describe();
  }
}
