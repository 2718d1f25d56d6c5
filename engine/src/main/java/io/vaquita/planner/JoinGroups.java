package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.planner.JoinGroup.NestedUnit;
import io.vaquita.planner.JoinGroup.SourceUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Flattens a join tree into groups of tables that may be joined in any order, and turns outer joins into inner ones where a condition
 * cannot be true for a row of NULLs. Stateless.
 */
final class JoinGroups {
  private JoinGroups() {}

  static JoinGroup of(JoinTree tree, List<Expression> where, StatementBinding statement) {
    JoinGroup group = new JoinGroup();
    flatten(tree, group);
    group.conditions.addAll(where);
    outerToInner(group, List.of(), statement);
    return group;
  }

  private static void flatten(JoinTree tree, JoinGroup into) {
    switch (tree) {
      case JoinTree.Leaf leaf -> into.add(new SourceUnit(leaf.source()), new BitSet(0));
      case JoinTree.Filtered f -> {
        flatten(f.tree(), into);
        into.conditions.addAll(f.conditions());
      }
      case JoinTree.Join j -> {
        if (j.kind() == JoinTree.Kind.INNER) {
          flattenInner(j, into);
        } else {
          flatten(j.left(), into);
          JoinGroup inner = new JoinGroup();
          flatten(j.right(), inner);
          into.add(new NestedUnit(j.kind(), inner, new ArrayList<>(j.conditions())), new BitSet(0));
        }
      }
    }
  }

  private static void flattenInner(JoinTree.Join j, JoinGroup into) {
    int first = into.units.size();
    flatten(j.left(), into);
    int middle = into.units.size();
    flatten(j.right(), into);
    into.conditions.addAll(j.conditions());
    if (j.straight()) {
      for (int right = middle; right < into.units.size(); right++) {
        BitSet after = (BitSet) into.after.get(right).clone();
        after.set(first, middle);
        into.after.set(right, after);
      }
    }
  }

  /** {@code fromOutside}: conditions of enclosing joins that rows of this group must meet too. */
  private static void outerToInner(
      JoinGroup group, List<Expression> fromOutside, StatementBinding statement) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < group.units.size(); i++) {
        if (group.units.get(i) instanceof NestedUnit n
            && n.kind() == JoinTree.Kind.LEFT
            && isRejected(n.group().slots(), group.conditions, fromOutside)) {
          dissolve(group, i, n);
          changed = true;
        }
      }
    }
    for (JoinGroup.Unit unit : group.units) {
      if (unit instanceof NestedUnit n) {
        pushDown(n, statement);
        outerToInner(n.group(), n.conditions(), statement);
      }
    }
  }

  private static boolean isRejected(
      BitSet slots, List<Expression> conditions, List<Expression> fromOutside) {
    for (Expression c : conditions) {
      if (NullRejection.rejects(c, slots)) {
        return true;
      }
    }
    for (Expression c : fromOutside) {
      if (NullRejection.rejects(c, slots)) {
        return true;
      }
    }
    return false;
  }

  private static void dissolve(JoinGroup group, int position, NestedUnit n) {
    List<JoinGroup.Unit> inner = n.group().units;
    group.units.set(position, inner.getFirst());
    for (int i = 1; i < inner.size(); i++) {
      group.add(inner.get(i), new BitSet(0));
    }
    group.conditions.addAll(n.conditions());
    group.conditions.addAll(n.group().conditions);
  }

  /** ON conditions over the inner side alone belong to it. */
  private static void pushDown(NestedUnit n, StatementBinding statement) {
    BitSet slots = n.group().slots();
    for (int i = n.conditions().size() - 1; i >= 0; i--) {
      Expression c = n.conditions().get(i);
      BitSet needs = SlotSets.of(c, statement);
      if (!needs.isEmpty() && SlotSets.isSubset(needs, slots)) {
        n.group().conditions.add(c);
        n.conditions().remove(i);
      }
    }
  }
}
