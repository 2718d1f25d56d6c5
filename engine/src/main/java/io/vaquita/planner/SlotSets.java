package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SubqueryExpression;
import java.util.BitSet;
import java.util.List;

/** Which slots expressions read, those that their subqueries read from outside included. Stateless. */
final class SlotSets {
  private SlotSets() {}

  static BitSet of(Expression e, StatementBinding statement) {
    BitSet slots = new BitSet();
    collect(e, statement, slots);
    return slots;
  }

  static void collect(Expression e, StatementBinding statement, BitSet into) {
    if (e instanceof ColumnExpression c) {
      into.set(c.slot());
      return;
    }
    if (e instanceof SubqueryExpression s) {
      into.or(statement.subquery(s.index()).dependsOn());
    }
    List<Expression> children = e.children();
    for (int i = 0; i < children.size(); i++) {
      collect(children.get(i), statement, into);
    }
  }

  static boolean isSubset(BitSet part, BitSet whole) {
    for (int i = part.nextSetBit(0); i >= 0; i = part.nextSetBit(i + 1)) {
      if (!whole.get(i)) {
        return false;
      }
    }
    return true;
  }

  static BitSet union(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.or(b);
    return both;
  }

  static BitSet minus(BitSet a, BitSet b) {
    BitSet rest = (BitSet) a.clone();
    rest.andNot(b);
    return rest;
  }
}
