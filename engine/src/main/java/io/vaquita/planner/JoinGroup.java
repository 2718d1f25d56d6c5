package io.vaquita.planner;

import io.vaquita.expression.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Tables that are joined freely, in any order, and the conditions that their rows must meet. The inner sides of outer joins and
 * semi-joins are groups of their own inside. Changed by the rewrite rules; confined to one thread.
 */
final class JoinGroup {
  final List<Unit> units = new ArrayList<>();
  final List<Expression> conditions = new ArrayList<>();

  /** By unit: which units must be joined before (STRAIGHT_JOIN), as positions. */
  final List<BitSet> after = new ArrayList<>();

  sealed interface Unit {}

  record SourceUnit(Source source) implements Unit {}

  /**
   * The inner side of an outer join, a semi-join or an anti-join.
   *
   * @param conditions between the group and what is outside; the group's own are inside it
   */
  record NestedUnit(JoinTree.Kind kind, JoinGroup group, List<Expression> conditions)
      implements Unit {}

  void add(Unit unit, BitSet afterUnits) {
    units.add(unit);
    after.add(afterUnits);
  }

  /** All slots that tables of the group fill, nested ones included. */
  BitSet slots() {
    BitSet slots = new BitSet();
    collectSlots(slots);
    return slots;
  }

  private void collectSlots(BitSet into) {
    for (Unit unit : units) {
      switch (unit) {
        case SourceUnit s -> into.set(s.source().slot());
        case NestedUnit n -> n.group().collectSlots(into);
      }
    }
  }

  /** Slots whose rows come out: those of semi- and anti-joins do not. */
  BitSet producedSlots() {
    BitSet slots = new BitSet();
    for (Unit unit : units) {
      switch (unit) {
        case SourceUnit s -> slots.set(s.source().slot());
        case NestedUnit n -> {
          if (n.kind() == JoinTree.Kind.LEFT) {
            slots.or(n.group().producedSlots());
          }
        }
      }
    }
    return slots;
  }
}
