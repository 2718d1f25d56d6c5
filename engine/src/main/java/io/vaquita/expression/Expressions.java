package io.vaquita.expression;

import io.vaquita.expression.Expression.Dependence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Questions about whole expression trees, and rebuilding them. Stateless. */
public final class Expressions {
  private Expressions() {}

  /** The strongest dependence in the tree. */
  public static Dependence dependence(Expression e) {
    Dependence most = e.dependence();
    for (Expression child : e.children()) {
      Dependence d = dependence(child);
      if (d.compareTo(most) > 0) {
        most = d;
      }
    }
    return most;
  }

  /** The same result for ever: may be evaluated while binding. */
  public static boolean isConstant(Expression e) {
    return dependence(e) == Dependence.OPERANDS;
  }

  /** One result while a statement runs: constants, parameters, NOW(). May be evaluated once at its start. */
  public static boolean isStatementConstant(Expression e) {
    return dependence(e).compareTo(Dependence.STATEMENT) <= 0;
  }

  /** The same result again for the same rows. */
  public static boolean isDeterministic(Expression e) {
    return dependence(e) != Dependence.EVALUATION;
  }

  public static boolean containsSubquery(Expression e) {
    if (e instanceof SubqueryExpression) {
      return true;
    }
    for (Expression child : e.children()) {
      if (containsSubquery(child)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a column of {@code slot} is read. Outer rows that a subquery reads are not seen here: the planner knows them. */
  public static boolean references(Expression e, int slot) {
    if (e instanceof ColumnExpression c && c.slot() == slot) {
      return true;
    }
    for (Expression child : e.children()) {
      if (references(child, slot)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the slots of all columns that are read. */
  public static void collectSlots(Expression e, BitSet into) {
    if (e instanceof ColumnExpression c) {
      into.set(c.slot());
    }
    for (Expression child : e.children()) {
      collectSlots(child, into);
    }
  }

  /** Adds the ordinals of the columns of {@code slot} that are read. */
  public static void collectColumns(Expression e, int slot, BitSet into) {
    if (e instanceof ColumnExpression c && c.slot() == slot) {
      into.set(c.column());
    }
    for (Expression child : e.children()) {
      collectColumns(child, slot, into);
    }
  }

  /** Replaces nodes from the leaves up; {@code replace} gives its argument back where nothing changes. */
  @SuppressWarnings("ReferenceEquality") // a node that was not replaced is the same object
  public static Expression rewrite(Expression e, UnaryOperator<Expression> replace) {
    List<Expression> children = e.children();
    List<Expression> rewritten = new ArrayList<>(children.size());
    boolean changed = false;
    for (Expression child : children) {
      Expression r = rewrite(child, replace);
      changed |= r != child;
      rewritten.add(r);
    }
    return replace.apply(changed ? e.withChildren(rewritten) : e);
  }

  /** The text that messages show: with the statement's own values where the plan has parameters. */
  public static String describe(Expression e, Frame frame) {
    return rewrite(
            e,
            node ->
                node instanceof ParameterExpression p
                    ? Literals.of(frame.parameters[p.index()], p.type())
                    : node)
        .describe();
  }

  /**
   * Evaluates a constant tree once and gives the literal, keeping type and coercibility; anything else comes back unchanged.
   * Warnings and errors of the evaluation appear now, as MySQL's do when it optimizes.
   */
  public static Expression fold(Expression e, Frame frame) {
    if (e instanceof LiteralExpression || !isConstant(e) || e instanceof RowExpression) {
      return e;
    }
    return Literals.of(e.evaluate(frame), e.type(), e.coercibility());
  }
}
