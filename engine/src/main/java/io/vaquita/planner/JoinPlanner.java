package io.vaquita.planner;

import io.vaquita.planner.DesiredOrder.Given;
import io.vaquita.planner.JoinGroup.NestedUnit;
import io.vaquita.planner.JoinGroup.SourceUnit;
import io.vaquita.planner.physical.PhysicalNode;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the order in which the tables of one group are joined, and how each is read and joined, by cost: by dynamic programming over
 * sets of tables up to {@link #EXACT_MAX}, beyond that the cheapest next table each time. Plans are left-deep: the joined rows drive
 * the access to the next table. Confined to one thread.
 */
final class JoinPlanner {
  private static final int EXACT_MAX = 8;

  private static final double FILTER_RISK = 4;

  final StatementBinding statement;
  final QueryPlanner queries;
  final JoinGroup group;

  /** Slots outside of the group whose rows can be read. */
  final BitSet outside;

  /** By condition: the units that it reads, as bits. */
  final long[] needs;

  private final UnitPlanner[] units;
  private final long[] required;
  private final boolean straight;

  JoinPlanner(
      StatementBinding statement,
      QueryPlanner queries,
      JoinGroup group,
      BitSet outside,
      boolean straight) {
    this.statement = statement;
    this.queries = queries;
    this.group = group;
    this.outside = outside;
    this.straight = straight;
    this.units = new UnitPlanner[group.units.size()];
    BitSet[] slots = new BitSet[units.length];
    for (int i = 0; i < units.length; i++) {
      slots[i] = slotsOf(group.units.get(i));
    }
    this.needs = new long[group.conditions.size()];
    for (int i = 0; i < needs.length; i++) {
      needs[i] = unitsOf(SlotSets.of(group.conditions.get(i), statement), slots);
    }
    this.required = new long[units.length];
    for (int i = 0; i < units.length; i++) {
      units[i] = UnitPlanner.of(this, i, group.units.get(i), slots[i]);
      required[i] =
          (unitsOf(units[i].readsOutside(), slots) & ~(1L << i)) | bits(group.after.get(i));
    }
  }

  /** @param order how {@code node} gives the desired order */
  record Result(PhysicalNode node, double rows, double cost, Given order) {}

  /** One way to have joined some units. {@code previous} null: the first unit. */
  record Joined(
      @Nullable Joined previous,
      long mask,
      int unit,
      UnitPlanner.Candidate step,
      double rows,
      double cost) {}

  private static BitSet slotsOf(JoinGroup.Unit unit) {
    return switch (unit) {
      case SourceUnit s -> {
        BitSet one = new BitSet();
        one.set(s.source().slot());
        yield one;
      }
      case NestedUnit n -> n.group().slots();
    };
  }

  private static long unitsOf(BitSet slots, BitSet[] unitSlots) {
    long mask = 0;
    for (int i = 0; i < unitSlots.length; i++) {
      if (slots.intersects(unitSlots[i])) {
        mask |= 1L << i;
      }
    }
    return mask;
  }

  private static long bits(BitSet positions) {
    long mask = 0;
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      mask |= 1L << i;
    }
    return mask;
  }

  /** Slots with rows once the units of {@code mask} are joined. */
  BitSet available(long mask) {
    BitSet available = (BitSet) outside.clone();
    for (int i = 0; i < units.length; i++) {
      if ((mask & 1L << i) != 0) {
        available.or(units[i].slots);
      }
    }
    return available;
  }

  /** How many values a column of one of the group's tables has, where an index tells; negative otherwise. */
  double distinctValues(int slot, int column) {
    for (UnitPlanner unit : units) {
      if (unit instanceof TableUnit t && t.source.slot == slot) {
        return t.paths.distinctValues(column);
      }
    }
    return -1;
  }

  Result plan(DesiredOrder order) {
    Joined best = best(null);
    Joined ordered = order.isWanted() ? ordered(order) : null;
    if (ordered == null) {
      return new Result(build(best), best.rows(), best.cost(), Given.NO);
    }
    double sortCost = Costs.sort(best.rows());
    if (weigh(ordered, order) > best.cost() + sortCost) {
      return new Result(build(best), best.rows(), best.cost(), Given.NO);
    }
    Given given = first(ordered).step().given();
    return new Result(build(ordered), ordered.rows(), ordered.cost(), given);
  }

  private static Joined first(Joined joined) {
    Joined first = joined;
    while (first.previous() != null) {
      first = first.previous();
    }
    return first;
  }

  /** The cheapest plan whose first table is read in the order. */
  private @Nullable Joined ordered(DesiredOrder order) {
    int slot = order.slot();
    Joined best = null;
    for (UnitPlanner unit : units) {
      if (unit instanceof TableUnit t && t.source.slot == slot && mayBeFirst(t.position)) {
        for (UnitPlanner.Candidate candidate : t.orderedFirst(order)) {
          Joined joined =
              best(
                  new Joined(
                      null,
                      1L << t.position,
                      t.position,
                      candidate,
                      candidate.rows(),
                      candidate.cost()));
          if (best == null || weigh(joined, order) < weigh(best, order)) {
            best = joined;
          }
        }
      }
    }
    return best;
  }

  /**
   * The cost until the wanted rows have come. That conditions leave out rows evenly is a guess, and a wrong one costs a whole scan, so a
   * plan that hangs on it must be much better.
   */
  private static double weigh(Joined j, DesiredOrder order) {
    if (order.wanted() < 0) {
      return j.cost();
    }
    UnitPlanner.Candidate first = first(j).step();
    TablePath path = first.path();
    boolean isFiltered = path != null && first.rows() < path.rowsRead() * 0.99;
    double share = (order.wanted() + 1) / Math.max(1, j.rows()) * (isFiltered ? FILTER_RISK : 1);
    return j.cost() * Math.min(1, share);
  }

  private boolean mayBeFirst(int unit) {
    return required[unit] == 0 && !(straight && unit != 0) && units[unit].mayBeFirst();
  }

  /** The cheapest way to join all units, beginning with {@code start} where one is given. */
  private Joined best(@Nullable Joined start) {
    if (units.length == 1) {
      return start != null ? start : startWith(0);
    }
    return units.length <= EXACT_MAX && !straight ? exact(start) : greedy(start);
  }

  private Joined startWith(int unit) {
    UnitPlanner.Candidate c = units[unit].first();
    return new Joined(null, 1L << unit, unit, c, c.rows(), c.cost());
  }

  private Joined exact(@Nullable Joined start) {
    Joined[] best = new Joined[1 << units.length];
    if (start != null) {
      best[(int) start.mask()] = start;
    } else {
      for (int i = 0; i < units.length; i++) {
        if (mayBeFirst(i)) {
          best[1 << i] = startWith(i);
        }
      }
    }
    for (int mask = 1; mask < best.length; mask++) {
      Joined from = best[mask];
      if (from != null) {
        for (int u = 0; u < units.length; u++) {
          Joined joined = extend(from, u);
          if (joined != null) {
            int to = (int) joined.mask();
            Joined known = best[to];
            best[to] = known == null || joined.cost() < known.cost() ? joined : known;
          }
        }
      }
    }
    Joined all = best[best.length - 1];
    return all != null ? all : greedy(start);
  }

  private Joined greedy(@Nullable Joined start) {
    Joined joined = start;
    if (joined == null) {
      for (int i = 0; i < units.length; i++) {
        if (mayBeFirst(i)) {
          Joined one = startWith(i);
          joined =
              joined == null || one.cost() * one.rows() < joined.cost() * joined.rows()
                  ? one
                  : joined;
        }
      }
    }
    if (joined == null) {
      joined = startWith(0);
    }
    for (int i = 1; i < units.length; i++) {
      Joined next = null;
      for (int u = 0; u < units.length; u++) {
        if (straight && next != null) {
          break;
        }
        Joined candidate = extend(joined, u);
        if (candidate != null
            && (next == null || candidate.cost() + candidate.rows() < next.cost() + next.rows())) {
          next = candidate;
        }
      }
      if (next == null) {
        throw new IllegalStateException("tables depend on each other in a circle");
      }
      joined = next;
    }
    return joined;
  }

  private @Nullable Joined extend(Joined from, int unit) {
    long bit = 1L << unit;
    if ((from.mask() & bit) != 0 || (required[unit] & ~from.mask()) != 0) {
      return null;
    }
    UnitPlanner.Candidate step = units[unit].next(from.mask(), from.rows());
    return new Joined(from, from.mask() | bit, unit, step, step.rows(), from.cost() + step.cost());
  }

  private PhysicalNode build(Joined joined) {
    Joined previous = joined.previous();
    UnitPlanner unit = units[joined.unit()];
    if (previous == null) {
      return unit.buildFirst(joined.step());
    }
    return unit.build(build(previous), previous.mask(), joined.step());
  }

  /** Conditions that can be tested once {@code unit} joins {@code mask}, and could not before. */
  void newConditions(long mask, int unit, List<Integer> into) {
    long bit = 1L << unit;
    for (int i = 0; i < needs.length; i++) {
      boolean isNew = (needs[i] & bit) != 0 || mask == 0 && needs[i] == 0;
      if (isNew && (needs[i] & ~(mask | bit)) == 0) {
        into.add(i);
      }
    }
  }
}
