package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.IndexDefinition.Part;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.planner.ColumnIntervals.Interval;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the ways to read one base table, given conditions on it, and what each costs. Confined to one thread. */
final class TablePaths {
  private static final int RANGES_MAX = 20_000;

  private final StatementBinding statement;
  private final Source.Table source;
  private final TableDefinition table;
  private final List<ColumnIntervals> intervals;
  private final BitSet usedColumns;
  private final IndexHints hints;
  final double tableRows;

  /**
   * @param conditions all conditions that the table's rows will be tested by; indexes in results are positions in it
   */
  TablePaths(StatementBinding statement, Source.Table source, List<Expression> conditions) {
    this.statement = statement;
    this.source = source;
    this.table = source.table;
    this.intervals = new IntervalFinder(statement, table, source.slot).find(conditions);
    this.usedColumns = statement.slot(source.slot).columns;
    this.hints = new IndexHints(source.hints, table);
    this.tableRows = Math.max(1, statement.context.statistics().rowCount(table));
  }

  List<ColumnIntervals> intervals() {
    return intervals;
  }

  /** Names of indexes that some condition can use, for EXPLAIN. */
  List<String> possibleKeys() {
    List<String> names = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      if (!index.parts().isEmpty() && hints.allows(index) && mentionsFirstPart(index)) {
        names.add(index.name());
      }
    }
    return names;
  }

  private boolean mentionsFirstPart(IndexDefinition index) {
    for (ColumnIntervals c : intervals) {
      if (c.column() == index.parts().getFirst().column()) {
        return true;
      }
    }
    return false;
  }

  /** Every way worth a look; the first is always a full scan of the clustered index. {@code available}: slots with rows. */
  List<TablePath> all(BitSet available) {
    List<TablePath> paths = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      if (!hints.allows(index)) {
        continue;
      }
      TablePath path = restricted(index, available);
      if (path != null) {
        paths.add(path);
        if (path.isUnique()) {
          return List.of(path);
        }
      }
    }
    if (paths.isEmpty() || !hints.isForced()) {
      paths.add(fullScan(table.clustered()));
      for (IndexDefinition index : table.indexes()) {
        if (hints.allows(index) && isCovering(index)) {
          paths.add(fullScan(index));
        }
      }
    }
    return paths;
  }

  /** The whole index in its order. */
  TablePath fullScan(IndexDefinition index) {
    boolean covering = isCovering(index);
    double cost = Costs.scan(tableRows, isClustered(index), covering);
    return new TablePath(
        index,
        new AccessPath.FullScan(),
        covering,
        tableRows,
        hints.isForced() && !hints.allows(index) ? cost * Costs.NOT_FORCED : cost,
        new BitSet(0),
        new BitSet(0),
        0);
  }

  boolean mayScan(IndexDefinition index) {
    return hints.allows(index);
  }

  private boolean isClustered(IndexDefinition index) {
    return index.tree() == table.clustered().tree();
  }

  /** Whether a secondary index holds every column that the statement reads. */
  private boolean isCovering(IndexDefinition index) {
    if (isClustered(index)) {
      return false;
    }
    for (int c = usedColumns.nextSetBit(0); c >= 0; c = usedColumns.nextSetBit(c + 1)) {
      if (!holds(index, c) && !holds(table.clustered(), c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(IndexDefinition index, int column) {
    for (Part part : index.parts()) {
      if (part.column() == column && part.prefixLength() == 0) {
        return true;
      }
    }
    return false;
  }

  private @Nullable TablePath restricted(IndexDefinition index, BitSet available) {
    Prefixes prefixes = new Prefixes();
    BitSet consumed = new BitSet();
    BitSet used = new BitSet();
    int part = 0;
    int fixedParts = 0;
    boolean isFixed = true;
    boolean isUnique = index.unique();
    while (part < index.parts().size()) {
      Part p = index.parts().get(part);
      ColumnIntervals points = points(p, available, prefixes);
      if (points == null) {
        break;
      }
      prefixes.extend(points.intervals());
      use(points, p, consumed, used);
      isFixed &= points.isPoint();
      isUnique &=
          points.isPoint() && !points.intervals().getFirst().nullSafe() && p.prefixLength() == 0;
      fixedParts += isFixed ? 1 : 0;
      part++;
    }
    if (isUnique && part == index.parts().size() && part > 0) {
      return unique(index, prefixes, consumed, used);
    }
    Interval bound = null;
    if (part < index.parts().size()) {
      bound = bound(index.parts().get(part), available, consumed, used);
    }
    List<AccessPath.Range> ranges =
        part < index.parts().size() && bound == null
            ? severalRanges(index.parts().get(part), prefixes, available, consumed, used)
            : null;
    if (ranges == null) {
      if (part == 0 && bound == null) {
        return null;
      }
      ranges = prefixes.ranges(bound);
    }
    double rows = rows(index, part, prefixes.size(), bound, ranges.size());
    boolean covering = isCovering(index);
    return new TablePath(
        index,
        new AccessPath.Ranges(ranges),
        covering,
        rows,
        Costs.ranges(ranges.size(), rows, isClustered(index), covering),
        consumed,
        used,
        fixedParts);
  }

  private TablePath unique(IndexDefinition index, Prefixes prefixes, BitSet consumed, BitSet used) {
    boolean covering = isCovering(index);
    return new TablePath(
        index,
        new AccessPath.UniqueLookup(prefixes.first()),
        covering,
        1,
        Costs.unique(isClustered(index), covering),
        consumed,
        used,
        index.parts().size());
  }

  private static void use(ColumnIntervals c, Part p, BitSet consumed, BitSet used) {
    used.set(c.condition());
    if (c.exact() && p.prefixLength() == 0) {
      consumed.set(c.condition());
    }
  }

  /** The condition that gives the part one value, or else a few; null when none does. */
  private @Nullable ColumnIntervals points(Part p, BitSet available, Prefixes prefixes) {
    ColumnIntervals best = null;
    for (ColumnIntervals c : intervals) {
      if (c.column() == p.column()
          && c.arePoints()
          && isAvailable(c, available)
          && (long) prefixes.size() * c.intervals().size() <= RANGES_MAX
          && (best == null || c.intervals().size() < best.intervals().size())) {
        best = c;
      }
    }
    return best;
  }

  private boolean isAvailable(ColumnIntervals c, BitSet available) {
    return c.needs().isEmpty() || SlotSets.isSubset(c.needs(), available);
  }

  /** One interval of the part after the prefix, its two ends perhaps from two conditions. */
  private @Nullable Interval bound(Part p, BitSet available, BitSet consumed, BitSet used) {
    ColumnIntervals low = null;
    ColumnIntervals high = null;
    for (ColumnIntervals c : intervals) {
      if (c.column() != p.column() || c.intervals().size() != 1 || !isAvailable(c, available)) {
        continue;
      }
      Interval i = c.intervals().getFirst();
      if (i.low() != null && i.high() != null && !i.isPoint()) {
        use(c, p, consumed, used);
        return inclusive(p, i);
      }
      low = i.low() != null && low == null ? c : low;
      high = i.high() != null && high == null ? c : high;
    }
    if (low == null && high == null) {
      return null;
    }
    Interval l = low == null ? null : low.intervals().getFirst();
    Interval h = high == null ? null : high.intervals().getFirst();
    if (low != null) {
      use(low, p, consumed, used);
    }
    if (high != null) {
      use(high, p, consumed, used);
    }
    return inclusive(
        p,
        new Interval(
            l == null ? null : l.low(),
            l != null && l.lowInclusive(),
            h == null ? null : h.high(),
            h != null && h.highInclusive(),
            false,
            false));
  }

  /** Over a prefix of the column a bound may cut equal values, so it must take them in. */
  private static Interval inclusive(Part p, Interval i) {
    return p.prefixLength() == 0 ? i : new Interval(i.low(), true, i.high(), true, false, false);
  }

  /** OR of intervals on the part after the prefix. */
  private @Nullable List<AccessPath.Range> severalRanges(
      Part p, Prefixes prefixes, BitSet available, BitSet consumed, BitSet used) {
    for (ColumnIntervals c : intervals) {
      if (c.column() == p.column()
          && isAvailable(c, available)
          && (long) prefixes.size() * c.intervals().size() <= RANGES_MAX) {
        List<AccessPath.Range> ranges = new ArrayList<>();
        for (Interval i : c.intervals()) {
          Prefixes copy = prefixes.copy();
          if (i.isPoint()) {
            copy.extend(List.of(i));
            ranges.addAll(copy.ranges(null));
          } else {
            ranges.addAll(copy.ranges(inclusive(p, i)));
          }
        }
        use(c, p, consumed, used);
        return ranges;
      }
    }
    return null;
  }

  private double rows(
      IndexDefinition index, int parts, int prefixes, @Nullable Interval bound, int ranges) {
    double rows = tableRows;
    if (parts > 0) {
      rows = Math.min(tableRows, rowsPerKey(index, parts) * prefixes);
    }
    if (bound != null) {
      rows *= share(index, parts, bound);
    } else if (ranges > prefixes && parts < index.parts().size()) {
      rows *= Math.min(1, 0.1 * ranges);
    }
    return Math.max(rows, 1);
  }

  double rowsPerKey(IndexDefinition index, int parts) {
    double known = statement.context.statistics().rowsPerKey(table, index, parts);
    if (known > 0) {
      return known;
    }
    if (index.unique()) {
      return Math.max(1, Math.pow(tableRows, 1 - (double) parts / index.parts().size()));
    }
    return Math.max(1, tableRows * Math.pow(Costs.INDEX_EQUALITY_SHARE, parts));
  }

  private double share(IndexDefinition index, int parts, Interval bound) {
    double known = parts == 0 ? knownShare(index, bound) : -1;
    if (known >= 0) {
      return known;
    }
    return bound.low() != null && bound.high() != null
        ? Costs.INTERVAL_SHARE
        : Costs.HALF_INTERVAL_SHARE;
  }

  /** The share of rows that meet a condition on one column, where an index tells; negative otherwise. */
  double knownShare(int condition) {
    for (ColumnIntervals c : intervals) {
      IndexDefinition index = c.condition() == condition ? leading(c.column()) : null;
      if (index != null) {
        double share = 0;
        for (Interval i : c.intervals()) {
          double known = i.isPoint() ? rowsPerKey(index, 1) / tableRows : knownShare(index, i);
          if (known < 0) {
            return -1;
          }
          share += known;
        }
        return Math.min(1, share);
      }
    }
    return -1;
  }

  private double knownShare(IndexDefinition index, Interval i) {
    Value low = literal(i.low());
    Value high = literal(i.high());
    return (low != null || i.low() == null) && (high != null || i.high() == null)
        ? statement.context.statistics().shareBetween(table, index, low, high)
        : -1;
  }

  /** An index that begins with the whole column, or null. */
  private @Nullable IndexDefinition leading(int column) {
    for (IndexDefinition index : table.indexes()) {
      if (!index.parts().isEmpty()
          && index.parts().getFirst().column() == column
          && index.parts().getFirst().prefixLength() == 0) {
        return index;
      }
    }
    return null;
  }

  /** How many values a column has, where an index tells; negative otherwise. */
  double distinctValues(int column) {
    IndexDefinition index = leading(column);
    return index == null ? -1 : Math.max(1, tableRows / rowsPerKey(index, 1));
  }

  private static @Nullable Value literal(@Nullable Expression e) {
    return e instanceof LiteralExpression l ? l.value() : null;
  }

  Source.Table source() {
    return source;
  }
}
