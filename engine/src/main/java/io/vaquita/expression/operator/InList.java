package io.vaquita.expression.operator;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * IN (list). Each element compares with the operand by the rules of {@code =}. Where all compare in one domain and are constant, the
 * values are hashed once a statement; short lists and mixed ones are searched from the left. Immutable.
 */
public final class InList extends Condition {
  /** Shorter lists are faster searched than hashed. */
  private static final int HASHED_MIN = 6;

  private final Expression operand;
  private final List<Expression> list;
  private final List<Condition> comparisons;
  private final boolean negated;

  /** The one domain of all comparisons where the list can be hashed, otherwise null. */
  private final @org.jspecify.annotations.Nullable Comparison hashedBy;

  /** {@code comparisons}: operand = element for each element. */
  InList(Expression operand, List<Condition> comparisons, boolean negated) {
    super(DataType.BOOLEAN, operand.isNullable() || nullable(comparisons));
    this.operand = operand;
    this.comparisons = List.copyOf(comparisons);
    this.negated = negated;
    List<Expression> elements = new ArrayList<>();
    for (Condition c : comparisons) {
      elements.add(c instanceof Comparison v ? v.right() : c);
    }
    this.list = List.copyOf(elements);
    this.hashedBy = hashedBy(comparisons);
  }

  private static boolean nullable(List<Condition> comparisons) {
    for (Condition c : comparisons) {
      if (c.isNullable()) {
        return true;
      }
    }
    return false;
  }

  private static @org.jspecify.annotations.Nullable Comparison hashedBy(
      List<Condition> comparisons) {
    if (comparisons.size() < HASHED_MIN) {
      return null;
    }
    Comparison first = null;
    for (Condition condition : comparisons) {
      if (!(condition instanceof Comparison c) || !Expressions.isStatementConstant(c.right())) {
        return null;
      }
      if (first == null) {
        first = c;
      } else if (!c.getClass().equals(first.getClass())
          || !c.collation().equals(first.collation())
          || c instanceof Comparisons.OfTemporals t
              && first instanceof Comparisons.OfTemporals f
              && t.kind() != f.kind()) {
        return null;
      }
    }
    return first != null && ConstantSet.canHold(first) ? first : null;
  }

  public Expression operand() {
    return operand;
  }

  /** The elements; for a row operand the row comparisons. */
  public List<Expression> list() {
    return list;
  }

  /** {@code operand = element} for each element. */
  public List<Condition> comparisons() {
    return comparisons;
  }

  public boolean isNegated() {
    return negated;
  }

  InList negate() {
    return new InList(operand, comparisons, !negated);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    boolean found = hashedBy == null ? search(frame) : lookUp(hashedBy, frame);
    return !frame.isNull && found != negated;
  }

  private boolean search(Frame frame) {
    boolean sawNull = false;
    for (Condition c : comparisons) {
      if (c.evaluateBoolean(frame)) {
        return true;
      }
      if (frame.isNull) {
        if (c instanceof Comparison && Nulls.isNull(operand, frame)) {
          return false;
        }
        sawNull = true;
      }
    }
    frame.isNull = sawNull;
    return false;
  }

  private boolean lookUp(Comparison by, Frame frame) {
    ConstantSet set = frame.statement.state(this, () -> ConstantSet.of(by, comparisons, frame));
    boolean found = set.contains(by, frame);
    if (!found && !frame.isNull && set.hasNull()) {
      frame.isNull = true;
    }
    return found;
  }

  @Override
  public List<Expression> children() {
    return List.copyOf(comparisons);
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    List<Condition> conditions = new ArrayList<>();
    for (Expression e : children) {
      conditions.add((Condition) e);
    }
    Expression first = conditions.getFirst() instanceof Comparison c ? c.left() : operand;
    return new InList(first, conditions, negated);
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("(").append(operand.describe());
    text.append(negated ? " not in (" : " in (");
    for (int i = 0; i < list.size(); i++) {
      text.append(i == 0 ? "" : ",").append(list.get(i).describe());
    }
    return text.append("))").toString();
  }
}
