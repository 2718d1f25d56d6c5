package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.RowExpression;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;

/** {@code (a, b) op (c, d)}: element by element, from the left. Immutable. */
public final class RowComparison extends Condition {
  private final ComparisonOperator operator;
  private final Condition[] elements;

  /** {@code elements}: a comparison (EQUAL or NULL_SAFE_EQUAL; of any kind for orders) for each pair. */
  RowComparison(ComparisonOperator operator, List<Condition> elements) {
    super(DataType.BOOLEAN, operator != ComparisonOperator.NULL_SAFE_EQUAL && nullable(elements));
    this.operator = operator;
    this.elements = elements.toArray(Condition[]::new);
  }

  private static boolean nullable(List<Condition> elements) {
    boolean any = false;
    for (Condition c : elements) {
      any |= c.isNullable();
    }
    return any;
  }

  public ComparisonOperator operator() {
    return operator;
  }

  /** One comparison a pair; for {@code =} they may be taken apart and joined with AND. */
  public List<Condition> elements() {
    return List.of(elements);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean sawNull = false;
    for (Condition element : elements) {
      int c = compare(element, frame);
      if (frame.isNull) {
        if (operator != ComparisonOperator.EQUAL && operator != ComparisonOperator.NOT_EQUAL) {
          return false;
        }
        sawNull = true;
      } else if (c != 0) {
        return operator.holds(c);
      }
    }
    frame.isNull = sawNull;
    return !sawNull && operator.holds(0);
  }

  private static int compare(Condition element, Frame frame) {
    return switch (element) {
      case Comparison c -> c.compare(frame);
      case RowComparison r -> r.evaluateBoolean(frame) ? 0 : 1;
      default -> element.evaluateBoolean(frame) ? 0 : 1;
    };
  }

  @Override
  public List<Expression> children() {
    return List.of(elements);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    List<Condition> conditions = new ArrayList<>();
    for (Expression e : children) {
      conditions.add((Condition) e);
    }
    return new RowComparison(operator, conditions);
  }

  @Override
  public String describe() {
    List<Expression> left = new ArrayList<>();
    List<Expression> right = new ArrayList<>();
    for (Condition c : elements) {
      left.add(c.children().get(0));
      right.add(c.children().getLast());
    }
    return "("
        + new RowExpression(left).describe()
        + " "
        + operator.symbol()
        + " "
        + new RowExpression(right).describe()
        + ")";
  }
}
