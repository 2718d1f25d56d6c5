package io.vaquita.planner;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.operator.LogicalOr;
import io.vaquita.expression.operator.Operators;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rewrite rule for OR: terms that all alternatives share come out of it, and what alternatives over several tables say of one of
 * them is tested on that table too. Stateless.
 *
 * <pre>
 *   (a = b AND c) OR (a = b AND d)        →  a = b AND (c OR d)
 *   (t.x = 1 AND u.y) OR (t.x = 2 AND u.z) →  the same, AND (t.x = 1 OR t.x = 2)
 * </pre>
 */
final class AlternativeConditions {
  private AlternativeConditions() {}

  static void apply(JoinGroup group, StatementBinding statement) {
    for (int i = group.conditions.size() - 1; i >= 0; i--) {
      if (group.conditions.get(i) instanceof LogicalOr or && Expressions.isDeterministic(or)) {
        List<List<Expression>> alternatives = split(or);
        List<Expression> common = takeCommon(alternatives);
        if (!common.isEmpty()) {
          group.conditions.remove(i);
          common.forEach(c -> Conjuncts.split(c, group.conditions));
          if (alternatives.stream().noneMatch(List::isEmpty)) {
            group.conditions.add(combine(alternatives));
          }
        }
        if (group.units.size() > 1) {
          imply(alternatives, group, statement);
        }
      }
    }
  }

  private static List<List<Expression>> split(LogicalOr or) {
    List<List<Expression>> alternatives = new ArrayList<>();
    for (Expression alternative : or.children()) {
      List<Expression> terms = new ArrayList<>();
      Conjuncts.split(alternative, terms);
      alternatives.add(terms);
    }
    return alternatives;
  }

  private static Expression combine(List<List<Expression>> alternatives) {
    List<Expression> any = new ArrayList<>();
    for (List<Expression> terms : alternatives) {
      any.add(terms.size() == 1 ? terms.getFirst() : Operators.and(terms));
    }
    return Operators.or(any);
  }

  /** Takes the terms that stand in each alternative out of all of them. */
  private static List<Expression> takeCommon(List<List<Expression>> alternatives) {
    List<Expression> common = new ArrayList<>();
    for (Expression term : List.copyOf(alternatives.getFirst())) {
      boolean everywhere = true;
      for (List<Expression> terms : alternatives) {
        everywhere &= terms.stream().anyMatch(t -> Same.expression(t, term));
      }
      if (everywhere) {
        common.add(term);
        alternatives.forEach(terms -> terms.removeIf(t -> Same.expression(t, term)));
      }
    }
    return common;
  }

  /** For each table that every alternative restricts by itself: one of these restrictions must hold. */
  private static void imply(
      List<List<Expression>> alternatives, JoinGroup group, StatementBinding statement) {
    for (JoinGroup.Unit unit : group.units) {
      if (unit instanceof JoinGroup.SourceUnit s) {
        List<List<Expression>> own = new ArrayList<>();
        boolean hasOthers = false;
        for (List<Expression> terms : alternatives) {
          List<Expression> ownTerms = new ArrayList<>();
          for (Expression term : terms) {
            if (reads(term, s.source().slot(), statement)) {
              ownTerms.add(term);
            }
          }
          hasOthers |= ownTerms.size() < terms.size();
          own.add(ownTerms);
        }
        if (hasOthers && own.stream().noneMatch(List::isEmpty)) {
          group.conditions.add(combine(own));
        }
      }
    }
  }

  private static boolean reads(Expression term, int slot, StatementBinding statement) {
    BitSet slots = SlotSets.of(term, statement);
    return slots.cardinality() == 1 && slots.get(slot) && !Expressions.containsSubquery(term);
  }
}
