package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Subquery;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.value.DataType;
import java.util.List;

/**
 * {@code operand op ANY (subquery)} and {@code operand op ALL (subquery)}, for values and rows; IN is {@code = ANY}, NOT IN is {@code <>
 * ALL}. Over the subquery's rows it is a long OR or AND with the three values of logic. Immutable.
 */
public final class InSubquery extends Condition implements SubqueryExpression {
  private final int index;
  private final Condition comparison;
  private final boolean all;

  /** {@code comparison}: the operand with the subquery's output columns. */
  InSubquery(int index, Condition comparison, boolean all) {
    super(DataType.BOOLEAN, true);
    this.index = index;
    this.comparison = comparison;
    this.all = all;
  }

  @Override
  public int index() {
    return index;
  }

  /** The operand compared with the subquery's output columns: what a semi-join joins by. */
  public Condition comparison() {
    return comparison;
  }

  public boolean isAll() {
    return all;
  }

  /** {@code = ANY} without its negation: IN. */
  public boolean isIn() {
    return !all && operator() == ComparisonOperator.EQUAL;
  }

  /** {@code <> ALL}: NOT IN. */
  public boolean isNotIn() {
    return all && operator() == ComparisonOperator.NOT_EQUAL;
  }

  private ComparisonOperator operator() {
    return switch (comparison) {
      case Comparison c -> c.operator();
      case RowComparison r -> r.operator();
      default -> ComparisonOperator.NULL_SAFE_EQUAL;
    };
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    Subquery subquery = frame.subqueries[index];
    boolean sawNull = false;
    subquery.open(frame);
    try {
      while (subquery.next(frame)) {
        boolean holds = comparison.evaluateBoolean(frame);
        if (frame.isNull) {
          sawNull = true;
        } else if (holds != all) {
          return holds;
        }
      }
    } finally {
      boolean isNull = frame.isNull;
      subquery.close(frame);
      frame.isNull = isNull;
    }
    frame.isNull = sawNull;
    return all && !sawNull;
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
    return new InSubquery(index, (Condition) children.getFirst(), all);
  }

  @Override
  public String describe() {
    return "<in_optimizer>("
        + comparison.describe()
        + (all ? " all" : " any")
        + " select#"
        + (index + 2)
        + ")";
  }
}
